import { VIDEO_FORMAT } from '@defrag/core';
import type { Locator, Page } from 'playwright-core';

/** Waits until preview and video both show a frame, and returns the frame that each shows. */
export async function framesShown(page: Page, frame: number, frames: number) {
  await page.locator(`canvas[data-painted="${frame}/${frames}"]`).waitFor();
  await page.waitForFunction(
    ({ frame, fps }) => {
      const video = document.querySelector('video');
      return video?.dataset['status'] === 'settled' && Math.floor(video.currentTime * fps) === frame;
    },
    { frame, fps: VIDEO_FORMAT.fps },
  );
  return await page.evaluate((fps) => {
    const painted = document.querySelector('canvas[data-painted]')?.getAttribute('data-painted');
    const video = document.querySelector('video');
    return {
      preview: Number(painted?.split('/')[0]),
      video: Math.floor((video?.currentTime ?? Number.NaN) * fps),
    };
  }, VIDEO_FORMAT.fps);
}

/** The difference at a frame, as the page's text. */
export async function differenceSaid(page: Page, frame: number): Promise<{ mean: string; max: string }> {
  const said = page.locator(`[data-testid="difference"][data-frame="${frame}"]`);
  await said.waitFor();
  const [mean, max] = await Promise.all([
    said.locator('[data-measure="mean"]').innerText(),
    said.locator('[data-measure="max"]').innerText(),
  ]);
  return { mean, max };
}

/** The current difference between preview and video, calculated independently of the app: shares 0..1. */
export async function differenceMeasured(page: Page): Promise<{ mean: number; max: number }> {
  return await page.evaluate(() => {
    const preview = document.querySelector<HTMLCanvasElement>('canvas[data-painted]');
    const video = document.querySelector('video');
    if (!preview || !video) throw new Error('There is no preview, or no video');
    const { width, height } = preview;
    const [first, second] = [preview, video].map((shown) => {
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d', { alpha: false });
      context?.drawImage(shown, 0, 0, width, height);
      return context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
    });
    let [sum, max] = [0, 0];
    for (let pixel = 0; pixel < width * height; pixel += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const at = pixel * 4 + channel;
        const difference = Math.abs((first?.[at] ?? 0) - (second?.[at] ?? 0));
        sum += difference;
        max = Math.max(max, difference);
      }
    }
    return { mean: sum / (width * height * 3) / 255, max: max / 255 };
  });
}

/** The button in the place of a missing video; the page's header has another one. */
export function renderButton(page: Page): Locator {
  return page
    .getByRole('region', { name: 'Preview and video' })
    .getByRole('button', { name: 'Render', exact: true });
}
