import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Statistics } from '@defrag/client';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatPercent } from '../src/format/format.ts';
import { accessibilityViolations, sidewaysOverflow } from './support/accessibility.ts';
import { adminCall } from './support/admin-call.ts';
import { layoutShift, PATIENCE_MS } from './support/browser.ts';
import { demoEventId } from './support/demo-events.ts';
import { setUpAdmin } from './support/setting.ts';

const WAIT = { timeout: PATIENCE_MS };

describe('the system page', () => {
  const setting = setUpAdmin({ RENDER_TRIES: '1' });

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

  it('says what is not there yet', async () => {
    const { page, errors } = await open();
    await page.getByText('Nobody has asked for a video').waitFor();
    await page.getByText('No render has failed').waitFor();
    await page.getByText('No backfill has ended yet.').waitFor();
    expect(await figure(page, 'Cache', 'Hit rate')).toBe('–');
    expect(await figure(page, 'Renders', 'p95')).toBe('–');
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('shows the figures that the API gives, refreshes them by itself, and links a failed render to its event', async () => {
    const { page, errors } = await open();
    await page.getByText('Nobody has asked for a video').waitFor();
    await render(1);
    await render(2);
    await render(2);
    await render(2, { force_regenerate: true });
    // No folder can be made below a file.
    const store = join(setting.server.dataDir, 'store');
    await rename(join(store, 'videos'), join(store, 'aside'));
    await writeFile(join(store, 'videos'), '');
    await render(3).catch(() => undefined);
    await expect.poll(async () => (await statistics()).ended.failed, WAIT).toBe(1);
    await rm(join(store, 'videos'));
    await rename(join(store, 'aside'), join(store, 'videos'));
    const counted = { hits: 1, misses: 3, forced: 1 };
    await expect.poll(async () => (await statistics()).requests, WAIT).toMatchObject(counted);

    const given = await statistics();
    const { requests, render_time, storage, queue, ended } = given;
    const expected: [panel: string, figures: Record<string, string>][] = [
      [
        'Set-up',
        {
          Engine: given.engine,
          Store: given.store,
          Database: given.database,
          Renderer: given.renderer_version,
          Node: given.node_version,
          'Friction events': '12',
          'Videos ready': String(storage.videos),
          Stored: formatBytes(storage.bytes),
        },
      ],
      [
        'Queue',
        {
          Queued: String(queue.queued),
          'To be tried again': '0',
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
      ['Cache', { 'Hit rate': formatPercent(requests.hit_rate, 1), Hits: '1', Misses: '3', Forced: '1' }],
    ];
    for (const [within, figures] of expected) {
      for (const [label, value] of Object.entries(figures)) {
        await expect.poll(() => figure(page, within, label), WAIT).toBe(value);
      }
    }
    // Chart and table come after the page.
    await expect
      .poll(() => page.getByRole('table', { name: 'Requests for videos by hour' }).getByRole('row').count())
      .toBe(1 + 24);
    const [worker] = given.workers;
    const row = panel(page, 'Workers').getByRole('row', { name: worker?.name ?? '' });
    await row.getByText('Alive').waitFor();

    const [failure] = given.last_errors;
    await panel(page, 'Last errors')
      .getByText(failure?.error_code ?? '', { exact: true })
      .waitFor();
    await panel(page, 'Last errors')
      .getByRole('link', { name: demoEventId(3) })
      .click();
    await page.waitForURL((url) => url.pathname === `/admin/events/${demoEventId(3)}`);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('keeps the window in its address, and shows a long one by the day', async () => {
    const { page, errors } = await open();
    await page.getByText('7 d', { exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('window_hours') === '168');
    const days = page.getByRole('table', { name: 'Requests for videos by day' }).getByRole('row');
    await expect.poll(() => days.count(), WAIT).toBeGreaterThanOrEqual(1 + 7);
    await page.reload();
    await expect.poll(() => days.count(), WAIT).toBeLessThanOrEqual(1 + 8);
    expect(await page.getByRole('radio', { name: '7 d' }).isChecked()).toBe(true);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('says when its figures are old, and why there are none; both pass by themselves or with another try', async () => {
    const { page } = await open();
    await panel(page, 'Set-up').waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline').waitFor();
    await page.context().setOffline(false);
    await page.getByText('You are offline').waitFor({ state: 'hidden' });

    await page.route('**/trpc/**', (route) => route.abort());
    await page.getByText('These figures are old').waitFor();
    await panel(page, 'Set-up').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.unroute('**/trpc/**');
    await page.getByText('These figures are old').waitFor({ state: 'hidden' });
    await page.context().close();

    const fresh = await open('/../sandbox');
    await fresh.page.getByRole('heading', { name: 'Sandbox' }).waitFor();
    await fresh.page.route('**/trpc/**', (route) => route.abort());
    await fresh.page.getByRole('link', { name: 'System' }).click();
    await fresh.page.getByRole('status', { name: 'Loading' }).first().waitFor();
    await fresh.page.getByText('This could not be loaded').first().waitFor();
    expect(await accessibilityViolations(fresh.page)).toEqual([]);
    await fresh.page.unroute('**/trpc/**');
    await fresh.page.getByRole('button', { name: 'Try again' }).first().click();
    await panel(fresh.page, 'Set-up').waitFor();
    await fresh.page.context().close();
  });

  it('has no barriers that axe finds and nothing to scroll sideways, in either scheme and width, and moves nothing while it loads', async () => {
    for (const width of [360, 1_440]) {
      for (const colorScheme of ['dark', 'light']) {
        const { page, errors } = await open('', { viewport: { width, height: 900 } });
        await page.evaluate(
          (scheme) => localStorage.setItem('mantine-color-scheme-value', scheme),
          colorScheme,
        );
        await page.reload();
        await panel(page, 'Last errors').getByRole('row').first().waitFor();
        await page.getByRole('table', { name: 'Requests for videos by hour' }).waitFor({ state: 'attached' });
        expect(await accessibilityViolations(page)).toEqual([]);
        expect(await sidewaysOverflow(page)).toBe(0);
        expect(await layoutShift(page)).toBe(0);
        expect(errors).toEqual([]);
        await page.context().close();
      }
    }
  });
});
