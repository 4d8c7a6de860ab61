import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Setting } from './setting.ts';

/** Windows in pixels: a phone, a laptop and a large screen. The large one shows the same elements as the laptop. */
const WINDOWS = [
  { width: 360, height: 740, hasOwnTree: true },
  { width: 1_440, height: 900, hasOwnTree: true },
  { width: 1_920, height: 1_080, hasOwnTree: false },
] as const;

/** The axe rules whose outcome depends on the colour scheme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe finds on a page, one line each. */
export async function accessibilityViolations(page: Page, rules?: string[]): Promise<string[]> {
  // The legacy mode skips the search for frames; the app has none.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? builder.withRules(rules) : builder).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Pixels by which a page is wider than its window. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(0, scrollWidth - clientWidth);
  });
}

/** The web vital "cumulative layout shift" since the page was opened, without shifts caused by input. */
export async function layoutShift(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as (PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
          })[];
          resolve(shifts.reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0));
        }).observe({ type: 'layout-shift', buffered: true });
        // The observer is not called when there were no shifts.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
      }),
  );
}

/** Expects no axe violations: all rules in the current scheme, and the colour rules in the other one. */
async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityViolations(page)).toEqual([]);
  const switchScheme = () =>
    page.evaluate(() => {
      const { dataset } = document.documentElement;
      dataset['mantineColorScheme'] = dataset['mantineColorScheme'] === 'dark' ? 'light' : 'dark';
    });
  await switchScheme();
  expect(await accessibilityViolations(page, COLOUR_RULES)).toEqual([]);
  await switchScheme();
}

/**
 * Opens a page in windows of each width and expects: no axe violations in either colour scheme, no sideways
 * scrolling, no layout shift and no console errors.
 *
 * @param arrange waits for the content, and may change the page
 * @param mostShift the layout shift that is still invisible. (Default: 0.01)
 */
export async function expectGoodLooks(
  setting: Setting,
  path: string,
  arrange: (page: Page) => Promise<void>,
  mostShift = 0.01,
): Promise<void> {
  for (const { hasOwnTree, ...viewport } of WINDOWS) {
    const { page, errors } = await setting.open(path, { viewport });
    await arrange(page);
    expect(await sidewaysOverflow(page)).toBe(0);
    expect(await layoutShift(page)).toBeLessThanOrEqual(mostShift);
    if (hasOwnTree) await expectAccessible(page);
    expect(errors).toEqual([]);
    await page.context().close();
  }
}
