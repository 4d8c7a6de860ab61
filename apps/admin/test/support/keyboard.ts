import type { Locator, Page } from 'playwright-core';

/** Most presses of Tab on the way to an element. */
const MAX_PRESSES = 200;

/**
 * Moves the focus to an element as people without a mouse do.
 *
 * @throws Error when Tab does not lead there
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < MAX_PRESSES; presses += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}`);
}

/** Whether an element has the focus. */
export async function hasFocus(target: Locator): Promise<boolean> {
  return await target.evaluate((element) => element === document.activeElement);
}

/** Presses a button by the keyboard alone. */
export async function pressByKey(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
