import { createHash } from 'node:crypto';
import { createFrameSource } from '@defrag/composition/headless';
import { deriveMotion, durationInFrames, frameProgress } from '@defrag/core';
import { frameAt } from '@defrag/scrubber';
import type { Page } from 'playwright-core';

/** The inputs of a picture. */
export interface Moment {
  readonly frictionScore: number;
  readonly pressureScore: number;
  readonly seed: string;
  readonly durationMs: number;
  /** 0..1 */
  readonly position: number;
}

/** SHA-256 of the engine's pixels. */
export async function pictureOf(moment: Moment, width = 1_920): Promise<string> {
  return createHash('sha256')
    .update(await pixelsOf(moment, width))
    .digest('hex');
}

/** The engine's pixels as RGBA, rows from the top. */
export async function pixelsOf(moment: Moment, width = 1_920): Promise<Uint8Array> {
  const source = await createFrameSource({ width, height: Math.round((width * 9) / 16) });
  try {
    const frames = durationInFrames(moment.durationMs);
    const progress = frameProgress(frameAt(moment.position, frames), frames);
    return source.draw(deriveMotion(moment, moment.seed), progress).slice();
  } finally {
    source.dispose();
  }
}

/** SHA-256 of the pixels of each canvas of a page, in order. */
export async function picturesOn(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const digests = [...document.querySelectorAll('canvas')].map(async (canvas) => {
      const image = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
      const digest = await crypto.subtle.digest('SHA-256', image?.data ?? new Uint8Array());
      return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    });
    return await Promise.all(digests);
  });
}
