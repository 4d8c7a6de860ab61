import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The card of a video in the video list. */
export function cardOf(page: Page, hash: string | undefined): Locator {
  return page.locator(`[data-video="${hash}"]`);
}

/** Waits until exactly these videos are listed, in this order. */
export async function expectVideos(page: Page, hashes: readonly string[]): Promise<void> {
  const shown = () =>
    page.locator('[data-video]').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-video')));
  await expect.poll(shown).toEqual(hashes);
}
