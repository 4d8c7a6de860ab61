import type { Backfill, BackfillDryRun } from '@defrag/client';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accessibilityViolations } from './support/accessibility.ts';
import { adminCall } from './support/admin-call.ts';
import { PATIENCE_MS } from './support/browser.ts';
import { demoEventId } from './support/demo-events.ts';
import { pressByKey, tabTo } from './support/keyboard.ts';
import { setUpAdmin } from './support/setting.ts';

const WAIT = { timeout: 2 * PATIENCE_MS };

describe('the backfill panel', () => {
  const setting = setUpAdmin();

  const open = () => setting.open('/system');
  const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const figure = async (page: Page, within: string, label: string) =>
    Number(
      await region(page, within)
        .locator('div.label', { hasText: new RegExp(`^${label}$`) })
        .locator('xpath=following-sibling::*[1]')
        .textContent(),
    );
  const newest = async () => (await adminCall<{ items: Backfill[] }>(setting.server, 'backfills')).items[0];
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const setDuration = async (page: Page, seconds: string) => {
    await tabTo(page, page.getByLabel('Seconds each'));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(seconds);
  };

  it('tells what there is to do, does it, pauses, goes on and says when it is done, all by the keyboard', async () => {
    await adminCall(setting.server, 'render-video', { friction_id: demoEventId(1), duration_ms: 1_000 });
    const { page, errors } = await open();
    await setDuration(page, '1');
    const plan = await adminCall<BackfillDryRun>(setting.server, 'backfills/dry-run?duration_ms=1000');
    expect(plan).toMatchObject({ ready: 1, to_render: 11, events: 12 });
    await expect.poll(() => figure(page, 'Start a backfill', 'To render'), WAIT).toBe(plan.to_render);
    expect(await figure(page, 'Start a backfill', 'Ready')).toBe(plan.ready);
    expect(await figure(page, 'Start a backfill', 'Videos')).toBe(plan.videos);

    await pressByKey(page, button(page, 'Start'));
    await page.getByRole('dialog').getByText('11 videos of 1 s').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await newest()).toBeUndefined();
    await pressByKey(page, button(page, 'Start'));
    await pressByKey(page, page.getByRole('dialog').getByRole('button', { name: 'Start' }));

    const active = 'The active backfill';
    await expect.poll(() => figure(page, active, 'Rendered'), WAIT).toBeGreaterThan(0);
    await pressByKey(page, button(page, 'Pause'));
    await region(page, active).getByText('PAUSED').waitFor();
    await expect.poll(() => figure(page, active, 'Under way'), WAIT).toBe(0);
    expect(await newest()).toMatchObject({
      state: 'PAUSED',
      succeeded: await figure(page, active, 'Rendered'),
      waiting: await figure(page, active, 'Waiting'),
    });
    const done = await figure(page, active, 'Rendered');
    const bar = page.getByRole('progressbar', { name: 'Progress of the backfill' });
    expect(await bar.getAttribute('aria-valuetext')).toBe(`${done} of 11 done`);
    expect(await accessibilityViolations(page)).toEqual([]);

    await pressByKey(page, button(page, 'Resume'));
    await region(page, active).getByText('RUNNING').waitFor();
    // It is told of on every page.
    await page.getByRole('link', { name: 'Sandbox' }).click();
    await page.getByText('The backfill is completed').waitFor(WAIT);
    await page.getByText('11 of 11 rendered.').waitFor();
    await page.getByRole('link', { name: 'System' }).click();
    const history = region(page, 'Table of the backfills that have ended').getByRole('row').nth(1);
    await history.getByText('COMPLETED').waitFor();
    await history.getByText('11 of 11').waitFor();
    await setDuration(page, '1');
    await expect.poll(() => figure(page, 'Start a backfill', 'To render'), WAIT).toBe(0);
    expect(await button(page, 'Start').isDisabled()).toBe(true);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is cancelled after a question, and what was never begun is left for another one', async () => {
    const { page, errors } = await open();
    await setDuration(page, '1.5');
    await expect.poll(() => figure(page, 'Start a backfill', 'To render'), WAIT).toBe(12);
    await pressByKey(page, button(page, 'Start'));
    await pressByKey(page, page.getByRole('dialog').getByRole('button', { name: 'Start' }));
    await region(page, 'The active backfill').waitFor();
    await pressByKey(page, button(page, 'Cancel'));
    await pressByKey(page, button(page, 'Let it go on'));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await pressByKey(page, button(page, 'Cancel'));
    await pressByKey(page, button(page, 'Cancel the backfill'));
    await page.getByText('The backfill was cancelled').waitFor();
    const row = region(page, 'Table of the backfills that have ended').getByRole('row').nth(1);
    await row.getByText('CANCELLED').waitFor();
    await expect.poll(async () => (await newest())?.under_way, WAIT).toBe(0);
    const ended = await newest();
    expect(ended).toMatchObject({ state: 'CANCELLED', total: 12 });
    expect(ended?.waiting).toBeGreaterThan(0);
    await row.getByText(`${ended?.succeeded} of 12`).waitFor();
    await expect
      .poll(() => figure(page, 'Start a backfill', 'To render'), WAIT)
      .toBe(12 - (ended?.succeeded ?? 0));
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('says clearly that another one is active when it cannot be started', async () => {
    const { page } = await open();
    await setDuration(page, '2');
    await expect.poll(() => figure(page, 'Start a backfill', 'To render'), WAIT).toBe(12);
    await pressByKey(page, button(page, 'Start'));
    await page.getByRole('dialog').waitFor();
    const { id } = await adminCall<Backfill>(setting.server, 'backfills', { duration_ms: 1_500 });
    await pressByKey(page, page.getByRole('dialog').getByRole('button', { name: 'Start' }));
    await page.getByText('The backfill was not started').waitFor();
    await page.getByText('Another backfill is running or paused').waitFor();
    await page.getByText('CONFLICT').waitFor();
    await region(page, 'The active backfill').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await adminCall(setting.server, `backfills/${id}/cancel`, {});
    await page.getByText('The backfill was cancelled').waitFor();
    await page.context().close();
  });
});
