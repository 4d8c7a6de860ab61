import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityViolations, sidewaysOverflow } from './accessibility.ts';
import { inScheme, layoutShift } from './browser.ts';
import type { Setting } from './setting.ts';

/** A colour scheme, and the size of a window in pixels. */
export const LOOKS = [
  { scheme: 'dark', width: 360, height: 740 },
  { scheme: 'light', width: 360, height: 740 },
  { scheme: 'dark', width: 1_440, height: 900 },
  { scheme: 'light', width: 1_440, height: 900 },
  { scheme: 'dark', width: 1_920, height: 1_080 },
] as const;

/** Most that the parts of a page may move by themselves, as the web vital counts it: nothing that one could see. */
const MOST_SHIFT = 0.01;

/**
 * Opens a page in a colour scheme and a window, and holds that axe finds nothing in it, that it needs no scrolling sideways, that
 * nothing moved while it was loaded, and that no error came up.
 *
 * @param arrange waits for what is to be looked at
 */
export async function expectGoodLooks(
  setting: Setting,
  path: string,
  { scheme, width, height }: (typeof LOOKS)[number],
  arrange: (page: Page) => Promise<void>,
): Promise<void> {
  const { page, errors } = await setting.open(path, {
    viewport: { width, height },
    storageState: inScheme(setting.storageState, setting.server, scheme),
  });
  await arrange(page);
  expect(await page.evaluate(() => document.documentElement.dataset['mantineColorScheme'])).toBe(scheme);
  expect(await accessibilityViolations(page)).toEqual([]);
  expect(await sidewaysOverflow(page)).toBe(0);
  expect(await layoutShift(page)).toBeLessThan(MOST_SHIFT);
  expect(errors).toEqual([]);
  await page.context().close();
}
