import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations } from './support/accessibility.ts';
import { type AdminServer, startAdminServer } from './support/admin-server.ts';
import { launchBrowser, openPage, PATIENCE_MS } from './support/browser.ts';
import { demoEventId } from './support/demo-events.ts';
import { differenceMeasured, framesShown } from './support/event-page.ts';
import { hasFocus, pressByKey, tabTo } from './support/keyboard.ts';

/** The most that preview and video may differ in the mean. */
const MOST_MEAN_DIFFERENCE = 0.02;

const EVENT = demoEventId(8);

/** Milliseconds for the whole way, which renders more than a dozen videos, on a machine that has much else to do. */
const WHOLE_WAY_MS = 300_000;

describe('an operator', () => {
  let server: AdminServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startAdminServer({ RENDER_TRIES: '1' }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it(
    'goes the whole way: from a wrong key over renders, failures and a backfill to the way out',
    async () => {
      const { page, errors } = await openPage(browser, server, '/');
      const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();
      const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
      const isFreeOfBarriers = async () => expect(await accessibilityViolations(page)).toEqual([]);

      // Sign in, with a wrong key first.
      await page.getByLabel('Admin key').fill('a key of another server');
      await button('Sign in').click();
      await page.getByText('This is not the admin key of the server.').waitFor();
      await isFreeOfBarriers();
      // The browser itself notes a refused request on its console.
      expect(errors.splice(0)).toEqual([expect.stringContaining('401')]);
      await page.getByLabel('Admin key').fill(server.adminKey);
      await button('Sign in').click();

      // List and filter.
      await heading('Friction events');
      const events = page.getByRole('link', { name: /^00000000-/ });
      await expect.poll(() => events.count()).toBe(12);
      await isFreeOfBarriers();
      await page.getByLabel('First day').fill('2025-01-08');
      await page.getByLabel('Last day').fill('2025-01-08');
      await expect.poll(() => events.allTextContents()).toEqual([EVENT]);

      // Render, and watch the progress.
      await events.click();
      await page.getByText('This video is not rendered yet').waitFor();
      await button('Render it now').click();
      const frames = page.getByRole('progressbar', { name: 'Frames rendered' });
      await expect.poll(async () => Number(await frames.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
      await page.getByText(/^The video of event \S+ is ready$/).waitFor();

      // Scrub both, and compare.
      const slider = page.getByRole('slider', { name: 'Position' });
      await page.getByRole('switch', { name: 'Show the difference' }).check();
      for (const [key, frame] of [
        ['Home', 0],
        ['PageUp', 18],
        ['End', 179],
      ] as const) {
        await slider.press(key);
        expect(await framesShown(page, frame, 180)).toEqual({ preview: frame, video: frame });
        expect((await differenceMeasured(page)).mean).toBeLessThanOrEqual(MOST_MEAN_DIFFERENCE);
        await page.locator(`[data-testid="difference"][data-frame="${frame}"]`).waitFor();
      }
      await isFreeOfBarriers();

      // Regenerate.
      await button('Force regenerate').click();
      await button('Render again').click();
      await page.getByTestId('determinism').getByText('IDENTICAL').waitFor();

      // Cancel a render that is under way.
      await page.getByLabel('Duration').selectOption({ label: '10 s' });
      await button('Render it now').click();
      await frames.waitFor();
      await button('Cancel render').click();
      await page.getByRole('row', { name: /^CANCELLED/ }).waitFor();

      // A failure, and another try: the store cannot be written to for a while.
      const store = join(server.dataDir, 'store');
      await rename(store, `${store}-aside`);
      await writeFile(store, '');
      await page.getByLabel('Duration').selectOption({ label: '1 s' });
      await button('Render it now').click();
      await page.getByText('STORE_UNAVAILABLE').first().waitFor();
      await rm(store);
      await rename(`${store}-aside`, store);
      await page.getByRole('link', { name: 'Videos', exact: true }).click();
      await heading('Videos');
      await page.getByLabel('Status').selectOption('Failed');
      // The list before stays until the filtered one is there.
      await expect.poll(() => page.locator('[data-video]').count()).toBe(1);
      await button(/^Retry video/).click();
      await page.getByText('No video matches these filters').waitFor();
      await page.getByLabel('Status').selectOption('Ready');
      await expect.poll(() => page.locator('[data-video]').count()).toBe(2);
      await isFreeOfBarriers();

      // Backfill.
      await page.getByRole('link', { name: 'System', exact: true }).click();
      await heading('System');
      await page.getByLabel('Seconds each').fill('1');
      await button('Start').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
      await page.getByText('The backfill is completed').waitFor({ timeout: 3 * PATIENCE_MS });
      await isFreeOfBarriers();

      // Sandbox.
      await page.getByRole('link', { name: 'Sandbox', exact: true }).click();
      await heading('Sandbox');
      const picture = page.locator('canvas[data-painted]');
      await picture.waitFor();
      const before = await brightPixels(page);
      await page.getByRole('slider', { name: 'Friction' }).press('End');
      await expect.poll(() => brightPixels(page)).not.toBe(before);
      await isFreeOfBarriers();

      // Sign out.
      await button('Account and appearance').click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await heading('Sign in');
      expect(await page.context().cookies()).toEqual([]);
      expect(errors).toEqual([]);
      await page.context().close();
    },
    WHOLE_WAY_MS,
  );

  it('needs no pointer: signs in, finds an event, renders it, scrubs, compares and signs out by keys alone', async () => {
    const { page, errors } = await openPage(browser, server, '/');
    const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    // The field has the focus.
    await page.keyboard.type(server.adminKey);
    await page.keyboard.press('Enter');
    await heading('Friction events');
    await tabTo(page, page.getByLabel('Id begins with'));
    await page.keyboard.type(demoEventId(5));
    const event = page.getByRole('link', { name: demoEventId(5) });
    await expect.poll(() => page.getByRole('link', { name: /^00000000-/ }).count()).toBe(1);
    await pressByKey(page, event);
    await tabTo(page, page.getByLabel('Duration'));
    await page.keyboard.type('2');
    await pressByKey(page, page.getByRole('button', { name: 'Render', exact: true }));
    await page.locator('video[data-status="settled"]').waitFor();
    await tabTo(page, page.getByRole('slider', { name: 'Position' }));
    await page.keyboard.press('End');
    expect(await framesShown(page, 59, 60)).toEqual({ preview: 59, video: 59 });
    await tabTo(page, page.getByRole('switch', { name: 'Show the difference' }));
    await page.keyboard.press('Space');
    await page.locator('[data-testid="difference"][data-frame="59"]').waitFor();
    await pressByKey(page, page.getByRole('button', { name: 'Account and appearance' }));
    await page.getByRole('menu').waitFor();
    const signOut = page.getByRole('menuitem', { name: 'Sign out' });
    for (let presses = 0; presses < 5 && !(await hasFocus(signOut)); presses += 1) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

/** How many pixels of the preview are bright. */
async function brightPixels(page: Page): Promise<number> {
  return await page.locator('canvas[data-painted]').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let bright = 0;
    for (let at = 0; at < pixels.length; at += 4) bright += (pixels[at] ?? 0) > 128 ? 1 : 0;
    return bright;
  });
}
