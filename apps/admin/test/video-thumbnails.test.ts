import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderDemoVideo } from './support/demo-events.ts';
import { tabTo } from './support/keyboard.ts';
import { setUpAdmin } from './support/setting.ts';
import { cardOf, expectVideos } from './support/video-cards.ts';

/** Length of the videos, short so that they are there soon. */
const DURATION_MS = 1_000;
const FRAMES = 30;

describe('the thumbnails of videos', () => {
  const setting = setUpAdmin({ RENDER_THREADS: '2' });
  /** The newest first. */
  const hashes: string[] = [];
  beforeAll(async () => {
    for (const number of [1, 8, 12]) {
      hashes.unshift((await renderDemoVideo(setting.server, number, { duration_ms: DURATION_MS })).hash);
    }
  });

  const open = (search = '', options = {}) => setting.open(`/videos${search}`, options);

  it('show their first frame, and hold no video for it', async () => {
    const { page, errors } = await open();
    await expectVideos(page, hashes);
    await expect.poll(() => page.locator('[data-painted]').count()).toBe(3);
    expect(await page.locator('video').count()).toBe(0);
    // The first frame of the most violent event is no black picture.
    const brightness = await cardOf(page, hashes[0]).locator('canvas').evaluate(brightest);
    expect(brightness).toBeGreaterThan(200);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('are scrubbed by moving over them, and let go of afterwards', async () => {
    const { page, errors } = await open('?direction=asc');
    const thumbnail = page.locator('.thumbnail').nth(1);
    const box = await thumbnail.boundingBox();
    if (!box) throw new Error('the thumbnail is not shown');
    const pictures: number[][] = [];
    for (const position of [0.25, 0.75]) {
      await page.mouse.move(box.x + box.width * position, box.y + box.height / 2);
      await expect.poll(() => frameOf(page)).toBe(Math.round(position * (FRAMES - 1)));
      pictures.push(await page.locator('video').evaluate(pixels));
    }
    expect(await page.locator('video').count()).toBe(1);
    expect(pictures[0]).not.toEqual(pictures[1]);
    await page.mouse.move(0, 0);
    await page.locator('video').waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('are scrubbed with the keyboard alone', async () => {
    const { page } = await open('?direction=asc&limit=10');
    await page.locator('.thumbnail').nth(2).waitFor();
    const slider = page.getByRole('slider', { name: /^Scrub video/ }).nth(1);
    await tabTo(page, slider);
    await page.keyboard.press('End');
    await expect.poll(() => frameOf(page)).toBe(FRAMES - 1);
    expect(await slider.getAttribute('aria-valuetext')).toBe('100 %, stable boundary');
    await page.keyboard.press('PageDown');
    await expect.poll(() => frameOf(page)).toBe(26);
    await page.keyboard.press('Tab');
    await page.locator('video').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('are scrubbed by dragging a finger along them', async () => {
    const { page } = await open('', { hasTouch: true, viewport: { width: 360, height: 740 } });
    const thumbnail = page.locator('.thumbnail').first();
    await thumbnail.scrollIntoViewIfNeeded();
    const box = await thumbnail.boundingBox();
    if (!box) throw new Error('the thumbnail is not shown');
    const devtools = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', position: number) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints:
          type === 'touchEnd' ? [] : [{ x: box.x + box.width * position, y: box.y + box.height / 2 }],
      });
    await touch('touchStart', 0.1);
    for (const position of [0.2, 0.3, 0.4, 0.5]) await touch('touchMove', position);
    await expect.poll(() => frameOf(page)).toBe(15);
    await touch('touchEnd', 0.5);
    expect(await frameOf(page)).toBe(15);
    await page.context().close();
  });

  it('say so when the file is gone', async () => {
    const folder = join(setting.server.dataDir, 'store', 'videos', 'v1-video');
    const [file = ''] = await readdir(folder);
    await rename(join(folder, file), join(setting.server.dataDir, file));
    const { page } = await open(`?hash_prefix=${file.slice(0, 20)}`);
    await page.getByText('The file cannot be loaded. Has it gone from the store?').waitFor();
    await rename(join(setting.server.dataDir, file), join(folder, file));
    await page.context().close();
  });
});

/** The frame that the video under the pointer or the focus has come to rest at; undefined while it is on its way. */
async function frameOf(page: Page): Promise<number | undefined> {
  return await page.evaluate(() => {
    const video = document.querySelector('video');
    return video?.dataset['status'] === 'settled' ? Math.floor(video.currentTime * 30) : undefined;
  });
}

function pixels(video: SVGElement | HTMLElement): number[] {
  const canvas = new OffscreenCanvas(64, 36);
  const context = canvas.getContext('2d');
  context?.drawImage(video as HTMLVideoElement, 0, 0, 64, 36);
  return [...(context?.getImageData(0, 0, 64, 36).data ?? [])];
}

function brightest(element: SVGElement | HTMLElement): number {
  const canvas = element as HTMLCanvasElement;
  const picture = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
  return Math.max(...[...(picture?.data ?? [])].filter((_, index) => index % 4 < 3 && index % 64 < 3));
}
