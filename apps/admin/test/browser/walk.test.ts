import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { SIGNED_OUT } from '../support/browser.ts';
import { demoEventId } from '../support/demo-events.ts';
import { differenceMeasured, framesShown } from '../support/event-page.ts';
import { hasFocus, pressByKey, tabTo } from '../support/keyboard.ts';
import { setUpSharedAdmin } from '../support/setting.ts';

/** Largest acceptable mean difference between preview and video. */
const MOST_MEAN_DIFFERENCE = 0.02;

const EVENT = demoEventId(11);

describe('an operator', () => {
  const setting = setUpSharedAdmin();

  it('signs in, finds an event, renders, scrubs, compares and verifies it, and signs out with the keyboard alone', async () => {
    const { page, errors } = await setting.open('/', { storageState: SIGNED_OUT });
    const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const link = (name: string) => page.getByRole('link', { name, exact: true });
    await heading('Sign in');
    // The key field has the focus.
    await page.keyboard.type(setting.server.adminKey);
    await page.keyboard.press('Enter');

    await heading('Friction events');
    await tabTo(page, page.getByLabel('ID starts with'));
    await page.keyboard.type(EVENT);
    await expect.poll(() => page.getByRole('link', { name: /^00000000-/ }).count()).toBe(1);
    await pressByKey(page, link(EVENT));

    await tabTo(page, page.getByLabel('Duration'));
    await page.keyboard.type('2');
    await page.waitForURL(/duration_ms=2000/);
    await page.getByText('Not rendered yet').waitFor();
    await pressByKey(page, button('Render').first());
    const frames = page.getByRole('progressbar', { name: 'Frames rendered' });
    await expect.poll(async () => Number(await frames.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
    await page.locator('video[data-status="settled"]').waitFor();
    await page.getByText(/^The video of event \S+ is ready$/).waitFor();

    await tabTo(page, page.getByRole('slider', { name: 'Position' }));
    await page.keyboard.press('End');
    expect(await framesShown(page, 59, 60)).toEqual({ preview: 59, video: 59 });
    await tabTo(page, page.getByRole('switch', { name: 'Show difference' }));
    await page.keyboard.press('Space');
    await page.locator('[data-testid="difference"][data-frame="59"]').waitFor();
    expect((await differenceMeasured(page)).mean).toBeLessThanOrEqual(MOST_MEAN_DIFFERENCE);

    await pressByKey(page, button('Verify render'));
    await page.getByRole('dialog').waitFor();
    await pressByKey(page, page.getByRole('dialog').getByRole('button', { name: 'Verify render' }));
    await page.getByTestId('determinism').getByText('IDENTICAL').waitFor();
    await tabTo(page, page.getByLabel('Code: Embed'));

    await pressByKey(page, link('Videos'));
    await heading('Videos');
    await page.locator('[data-video]').first().waitFor();
    await pressByKey(page, link('System'));
    await heading('System');
    await pressByKey(page, link('Sandbox'));
    await heading('Sandbox');
    await page.locator('canvas[data-painted]').waitFor();
    const before = await brightPixels(page);
    await tabTo(page, page.getByRole('slider', { name: 'Friction' }));
    await page.keyboard.press('End');
    await expect.poll(() => brightPixels(page)).not.toBe(before);

    await pressByKey(page, button('Account and appearance'));
    await page.getByRole('menu').waitFor();
    const signOut = page.getByRole('menuitem', { name: 'Sign out' });
    for (let presses = 0; presses < 5 && !(await hasFocus(signOut)); presses += 1) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    await heading('Sign in');
    expect(await page.context().cookies()).toEqual([]);
    expect(errors).toEqual([]);
  });
});

/** Number of bright pixels of the preview. */
async function brightPixels(page: Page): Promise<number> {
  return await page.locator('canvas[data-painted]').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let bright = 0;
    for (let at = 0; at < pixels.length; at += 4) bright += (pixels[at] ?? 0) > 128 ? 1 : 0;
    return bright;
  });
}
