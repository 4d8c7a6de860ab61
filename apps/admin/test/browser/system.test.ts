import type { Backfill, BackfillDryRun, Statistics } from '@defrag/client';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatPercent } from '../../src/lib/format.ts';
import { adminCall } from '../support/admin-call.ts';
import { breakStore } from '../support/admin-server.ts';
import { PATIENCE_MS } from '../support/browser.ts';
import { demoEventId } from '../support/demo-events.ts';
import { pressByKey, tabTo } from '../support/keyboard.ts';
import { accessibilityViolations, expectGoodLooks } from '../support/looks.ts';
import { setUpOwnAdmin } from '../support/setting.ts';

/** Milliseconds that rendering the videos of all demo events may take on a busy machine. */
const WHOLE_BACKFILL_MS = 240_000;

const WAIT = { timeout: 2 * PATIENCE_MS };

describe('the system page', () => {
  const setting = setUpOwnAdmin({ RENDER_TRIES: '1' });

  const open = (search = '', options: BrowserContextOptions = {}) =>
    setting.open(`/system${search}`, options);
  const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const figure = async (page: Page, within: string, label: string) =>
    await panel(page, within)
      .locator('div.label', { hasText: new RegExp(`^${label}$`) })
      .locator('xpath=following-sibling::*[1]')
      .textContent();
  const statistics = (hours = 24) =>
    adminCall<Statistics>(setting.server, `statistics?window_hours=${hours}`);
  const render = (event: number, options = {}) =>
    adminCall(setting.server, 'render-video', {
      friction_id: demoEventId(event),
      duration_ms: 1_000,
      ...options,
    });

  it('has empty states before the first request', async () => {
    const { page, errors } = await open();
    await page.getByText('No requests yet').waitFor();
    await page.getByText('No failed renders').waitFor();
    await page.getByText('No past backfills.').waitFor();
    expect(await figure(page, 'Cache', 'Hit rate')).toBe('–');
    expect(await figure(page, 'Renders', 'p95')).toBe('–');
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("shows the API's statistics, refreshes them, and links a failed render to its event", async () => {
    const { page, errors } = await open();
    await page.getByText('No requests yet').waitFor();
    await render(1);
    await render(2);
    await render(2);
    await render(2, { force_regenerate: true });
    const repairStore = await breakStore(setting.server);
    await render(3).catch(() => undefined);
    await expect.poll(async () => (await statistics()).ended.failed, WAIT).toBe(1);
    await repairStore();
    const counted = { hits: 1, misses: 3, forced: 1 };
    await expect.poll(async () => (await statistics()).requests, WAIT).toMatchObject(counted);

    const given = await statistics();
    const { requests, render_time, storage, queue, ended } = given;
    const expected: [panel: string, figures: Record<string, string>][] = [
      [
        'Configuration',
        {
          Engine: given.engine,
          Store: given.store,
          Database: given.database,
          Renderer: given.renderer_version,
          Node: given.node_version,
          'Friction events': '12',
          'Videos ready': String(storage.videos),
          Storage: formatBytes(storage.bytes),
        },
      ],
      [
        'Queue',
        {
          Queued: String(queue.queued),
          Retrying: '0',
          Rendering: String(queue.rendering),
          'Longest wait': '–',
        },
      ],
      [
        'Renders',
        {
          Succeeded: String(ended.succeeded),
          Failed: '1',
          Cancelled: '0',
          p50: formatDuration(render_time.p50_ms),
          p95: formatDuration(render_time.p95_ms),
          p99: formatDuration(render_time.p99_ms),
        },
      ],
      [
        'Cache',
        { 'Hit rate': formatPercent(requests.hit_rate, 1), Hits: '1', Misses: '3', Verifications: '1' },
      ],
    ];
    for (const [within, figures] of expected) {
      for (const [label, value] of Object.entries(figures)) {
        await expect.poll(() => figure(page, within, label), WAIT).toBe(value);
      }
    }
    // The chart and its table load after the page.
    await expect
      .poll(() => page.getByRole('table', { name: 'Video requests per hour' }).getByRole('row').count())
      .toBe(1 + 24);
    const [worker] = given.workers;
    const row = panel(page, 'Workers').getByRole('row', { name: worker?.name ?? '' });
    await row.getByText('Alive').waitFor();

    const [failure] = given.last_errors;
    await panel(page, 'Recent errors')
      .getByText(failure?.error_code ?? '', { exact: true })
      .waitFor();
    await panel(page, 'Recent errors')
      .getByRole('link', { name: demoEventId(3) })
      .click();
    await page.waitForURL((url) => url.pathname === `/admin/events/${demoEventId(3)}`);
    expect(errors).toEqual([]);
  });

  it('keeps the time range in the URL, and shows long ranges by the day', async () => {
    const { page, errors } = await open();
    await page.getByText('7 d', { exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('window_hours') === '168');
    const days = page.getByRole('table', { name: 'Video requests per day' }).getByRole('row');
    await expect.poll(() => days.count(), WAIT).toBeGreaterThanOrEqual(1 + 7);
    await page.reload();
    await expect.poll(() => days.count(), WAIT).toBeLessThanOrEqual(1 + 8);
    expect(await page.getByRole('radio', { name: '7 d' }).isChecked()).toBe(true);
    expect(errors).toEqual([]);
  });

  it('says when its numbers are out of date or failed to load, and recovers', async () => {
    const { page } = await open();
    await panel(page, 'Configuration').waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline').waitFor();
    await page.context().setOffline(false);
    await page.getByText('You are offline').waitFor({ state: 'hidden' });

    await page.route('**/trpc/**', (route) => route.abort());
    await page.getByText('These numbers are out of date').waitFor();
    await panel(page, 'Configuration').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.unroute('**/trpc/**');
    await page.getByText('These numbers are out of date').waitFor({ state: 'hidden' });

    const fresh = await open('/../sandbox');
    await fresh.page.getByRole('heading', { name: 'Sandbox' }).waitFor();
    await fresh.page.route('**/trpc/**', (route) => route.abort());
    await fresh.page.getByRole('link', { name: 'System' }).click();
    await fresh.page.getByRole('status', { name: 'Loading' }).first().waitFor();
    await fresh.page.getByText('Could not load this').first().waitFor();
    expect(await accessibilityViolations(fresh.page)).toEqual([]);
    // The page also retries by itself, so the button is clicked before the API answers again.
    const retried = fresh.page.waitForRequest('**/trpc/**');
    await fresh.page.getByRole('button', { name: 'Try again' }).first().click();
    await retried;
    await fresh.page.unroute('**/trpc/**');
    await panel(fresh.page, 'Configuration').waitFor();
  });

  it('has no accessibility violations, overflow or layout shift at any width', async () => {
    await expectGoodLooks(
      setting,
      '/system',
      async (page) => {
        await panel(page, 'Recent errors').getByRole('row').first().waitFor();
        await page.getByRole('table', { name: 'Video requests per hour' }).waitFor({ state: 'attached' });
      },
      0,
    );
  });

  describe('its backfill panel', () => {
    const count = async (page: Page, within: string, label: string) =>
      Number(await figure(page, within, label));
    const newest = async () => (await adminCall<{ items: Backfill[] }>(setting.server, 'backfills')).items[0];
    const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
    const setDuration = async (page: Page, seconds: string) => {
      await tabTo(page, page.getByLabel('Length (s)'));
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(seconds);
    };

    it(
      'plans, starts, pauses, resumes and completes a backfill with the keyboard alone',
      async () => {
        await adminCall(setting.server, 'render-video', { friction_id: demoEventId(1), duration_ms: 1_000 });
        const { page, errors } = await open();
        await setDuration(page, '1');
        const plan = await adminCall<BackfillDryRun>(setting.server, 'backfills/dry-run?duration_ms=1000');
        expect(plan).toMatchObject({ to_render: 12 - plan.ready, events: 12 });
        await expect.poll(() => count(page, 'Start a backfill', 'To render'), WAIT).toBe(plan.to_render);
        expect(await count(page, 'Start a backfill', 'Ready')).toBe(plan.ready);
        expect(await count(page, 'Start a backfill', 'Videos')).toBe(plan.videos);

        await pressByKey(page, button(page, 'Start'));
        await page.getByRole('dialog').getByText(`${plan.to_render} videos of 1 s`).waitFor();
        expect(await accessibilityViolations(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        expect(await newest()).toBeUndefined();
        await pressByKey(page, button(page, 'Start'));
        await pressByKey(page, page.getByRole('dialog').getByRole('button', { name: 'Start' }));

        const active = 'Active backfill';
        await expect.poll(() => count(page, active, 'Rendered'), WAIT).toBeGreaterThan(0);
        await pressByKey(page, button(page, 'Pause'));
        await panel(page, active).getByText('PAUSED').waitFor();
        await expect.poll(() => count(page, active, 'In progress'), WAIT).toBe(0);
        expect(await newest()).toMatchObject({
          state: 'PAUSED',
          succeeded: await count(page, active, 'Rendered'),
          waiting: await count(page, active, 'Waiting'),
        });
        const done = await count(page, active, 'Rendered');
        const bar = page.getByRole('progressbar', { name: 'Backfill progress' });
        expect(await bar.getAttribute('aria-valuetext')).toBe(`${done} of ${plan.to_render} done`);
        expect(await accessibilityViolations(page)).toEqual([]);

        await pressByKey(page, button(page, 'Resume'));
        await panel(page, active).getByText('RUNNING').waitFor();
        // The toast appears on every page.
        await page.getByRole('link', { name: 'Sandbox' }).click();
        await page.getByText('Backfill completed').waitFor({ timeout: WHOLE_BACKFILL_MS });
        await page.getByText(`${plan.to_render} of ${plan.to_render} rendered.`).waitFor();
        await page.getByRole('link', { name: 'System' }).click();
        const history = panel(page, 'Past backfills').getByRole('row').nth(1);
        await history.getByText('COMPLETED').waitFor();
        await history.getByText(`${plan.to_render} of ${plan.to_render}`).waitFor();
        await setDuration(page, '1');
        await expect.poll(() => count(page, 'Start a backfill', 'To render'), WAIT).toBe(0);
        expect(await button(page, 'Start').isDisabled()).toBe(true);
        expect(errors).toEqual([]);
      },
      2 * WHOLE_BACKFILL_MS,
    );

    it('cancels a backfill after a confirmation, and leaves the rest for another one', async () => {
      const { page, errors } = await open();
      await setDuration(page, '1.5');
      await expect.poll(() => count(page, 'Start a backfill', 'To render'), WAIT).toBe(12);
      await pressByKey(page, button(page, 'Start'));
      await pressByKey(page, page.getByRole('dialog').getByRole('button', { name: 'Start' }));
      await panel(page, 'Active backfill').waitFor();
      await pressByKey(page, button(page, 'Cancel'));
      await pressByKey(page, button(page, 'Keep running'));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await pressByKey(page, button(page, 'Cancel'));
      await pressByKey(page, button(page, 'Cancel backfill'));
      await page.getByText('Backfill cancelled').waitFor();
      const row = panel(page, 'Past backfills').getByRole('row').nth(1);
      await row.getByText('CANCELLED').waitFor();
      await expect.poll(async () => (await newest())?.under_way, WAIT).toBe(0);
      const ended = await newest();
      expect(ended).toMatchObject({ state: 'CANCELLED', total: 12 });
      expect(ended?.waiting).toBeGreaterThan(0);
      await row.getByText(`${ended?.succeeded} of 12`).waitFor();
      await expect
        .poll(() => count(page, 'Start a backfill', 'To render'), WAIT)
        .toBe(12 - (ended?.succeeded ?? 0));
      expect(errors).toEqual([]);
    });

    it('shows an error when another backfill is already active', async () => {
      const { page } = await open();
      await setDuration(page, '2');
      await expect.poll(() => count(page, 'Start a backfill', 'To render'), WAIT).toBe(12);
      await pressByKey(page, button(page, 'Start'));
      await page.getByRole('dialog').waitFor();
      const { id } = await adminCall<Backfill>(setting.server, 'backfills', { duration_ms: 1_500 });
      await pressByKey(page, page.getByRole('dialog').getByRole('button', { name: 'Start' }));
      await page.getByText('Could not start the backfill').waitFor();
      await page.getByText('Another backfill is running or paused').waitFor();
      await page.getByText('CONFLICT').waitFor();
      await panel(page, 'Active backfill').waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      await adminCall(setting.server, `backfills/${id}/cancel`, {});
      await page.getByText('Backfill cancelled').waitFor();
    });
  });
});
