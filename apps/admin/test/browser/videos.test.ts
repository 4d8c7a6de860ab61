import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { breakStore } from '../support/admin-server.ts';
import { demoEventId, renderDemoVideo, requestDemoVideo } from '../support/demo-events.ts';
import { renderButton } from '../support/event-page.ts';
import { tabTo } from '../support/keyboard.ts';
import { accessibilityViolations, expectGoodLooks, sidewaysOverflow } from '../support/looks.ts';
import { setUpOwnAdmin } from '../support/setting.ts';
import { cardOf, expectVideos } from '../support/video-cards.ts';

/** Short, so that the videos render quickly. */
const DURATION_MS = 1_000;
const FRAMES = 30;

describe('the videos', () => {
  const setting = setUpOwnAdmin({ RENDER_TRIES: '1' });

  /** Of the rendered videos, newest first. */
  const hashes: string[] = [];

  const open = (search = '', options = {}) => setting.open(`/videos${search}`, options);

  it('have empty states for no videos and for no matches', async () => {
    const { page, errors } = await open();
    await page.getByText('No videos yet').waitFor();
    await page.getByLabel('Status').selectOption('Ready');
    await page.getByText('No videos match these filters').waitFor();
    expect(errors).toEqual([]);
  });

  it('are listed newest first, with totals of their number and size', async () => {
    for (const number of [1, 8, 12]) {
      hashes.unshift((await renderDemoVideo(setting.server, number, { duration_ms: DURATION_MS })).hash);
    }
    const { page, errors } = await open();
    await expectVideos(page, hashes);
    const totals = page.getByRole('region', { name: 'Totals' });
    await expect
      .poll(() => totals.textContent())
      .toMatch(/Videos3Ready3Queued0Failed0Missing0Storage\d\.\d MB/);
    await page.getByLabel('Order').selectOption('Oldest first');
    await expectVideos(page, hashes.toReversed());
    expect(errors).toEqual([]);
  });

  it('are filtered by the fields and the URL, as are the totals', async () => {
    const { page } = await open(`?friction_id=${demoEventId(8)}`);
    await expect.poll(() => page.locator('[data-video]').count()).toBe(1);
    await page.getByRole('button', { name: 'Filters · 1 active' }).waitFor();
    const totals = page.getByRole('region', { name: 'Totals' });
    await expect.poll(() => totals.textContent()).toContain('Videos1Ready1');
    const hash = (await page.locator('[data-video]').getAttribute('data-video')) ?? '';
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => page.locator('[data-video]').count()).toBe(3);
    await page.getByLabel('Hash starts with').fill(hash.slice(0, 12).toUpperCase());
    await expectVideos(page, [hash]);
    await page.getByLabel('Engine').selectOption('Embedded');
    await page.getByLabel('Renderer version').fill('v1-video');
    await page.getByLabel('From', { exact: true }).fill('2020-01-01');
    await page.getByRole('button', { name: 'Filters · 4 active' }).waitFor();
    await page.reload();
    await expectVideos(page, [hash]);
    await page.getByLabel('To', { exact: true }).fill('2020-01-02');
    await page.getByText('No videos match these filters').waitFor();
  });

  it('show their first frame without keeping a video element', async () => {
    const { page, errors } = await open();
    await expectVideos(page, hashes);
    await expect.poll(() => page.locator('[data-painted]').count()).toBe(3);
    expect(await page.locator('video').count()).toBe(0);
    // The first frame of the strongest event is bright.
    const brightness = await cardOf(page, hashes[0]).locator('canvas').evaluate(brightest);
    expect(brightness).toBeGreaterThan(200);
    expect(errors).toEqual([]);
  });

  it('are scrubbed by hovering, and released afterwards', async () => {
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
  });

  it('are scrubbed with the keyboard', async () => {
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
  });

  it('are scrubbed by dragging a finger', async () => {
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
  });

  it('show an error when the file is missing', async () => {
    const folder = join(setting.server.dataDir, 'store', 'videos', 'v1-video');
    const [file = ''] = await readdir(folder);
    await rename(join(folder, file), join(setting.server.dataDir, file));
    const { page } = await open(`?hash_prefix=${file.slice(0, 20)}`);
    await page.getByText('Could not load the file. Check that it is still in the store.').waitFor();
    await rename(join(setting.server.dataDir, file), join(folder, file));
  });

  it('show in the list why a render failed, and are ready after a retry', async () => {
    const repairStore = await breakStore(setting.server);
    await expect(renderDemoVideo(setting.server, 3, { duration_ms: DURATION_MS })).rejects.toThrow(
      'STORE_UNAVAILABLE',
    );
    const { page } = await open('?status=FAILED');
    await page.getByText('The store cannot be used: check DATA_DIR (STORE_UNAVAILABLE)').waitFor();
    await repairStore();
    await page.getByRole('button', { name: /^Retry video/ }).click();
    await page.getByText('Render queued').waitFor();
    await page.getByText(/^The video [0-9a-f]+ is ready$/).waitFor();
    await page.getByText('No videos match these filters').waitFor();
    await page.getByLabel('Status').selectOption('Ready');
    await expect.poll(() => page.locator('[data-painted]').count()).toBe(4);
  });

  it('show the progress of a render, and that it was cancelled', async () => {
    const { hash } = await requestDemoVideo(setting.server, 10, { duration_ms: 10_000 });
    const { page, errors } = await open();
    const card = cardOf(page, hash);
    await card.getByText(/^Frame \d+ of 300$/).waitFor();
    await card.getByRole('progressbar').waitFor();
    await card.getByRole('button', { name: /^Cancel the render/ }).click();
    await card.getByText('The render was cancelled.').waitFor();
    await card.getByText('MISSING').waitFor();
    expect(errors).toEqual([]);
  });

  it('link to their event and copy their URL', async () => {
    const { page } = await open(`?friction_id=${demoEventId(12)}`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const hash = (await page.locator('[data-video]').getAttribute('data-video')) ?? '';
    await page.getByRole('button', { name: /^More actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Copy URL' }).click();
    await page.getByText('URL copied').waitFor();
    const url = await page.evaluate(() => navigator.clipboard.readText());
    expect(url).toBe(`${setting.server.url}/videos/v1-video/${hash}.mp4`);
    await page.getByRole('button', { name: /^More actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Open event' }).click();
    await page.waitForURL(`**/events/${demoEventId(12)}?duration_ms=${DURATION_MS}`);
  });

  it('have no accessibility violations, overflow or layout shift at any width', async () => {
    await expectGoodLooks(setting, '/videos', async (page) => {
      await page.locator('[data-video]').nth(4).waitFor();
      await page.waitForLoadState('networkidle');
    });
  });

  it('are deleted after a confirmation that lists what is deleted', async () => {
    const { page, errors } = await open(`?friction_id=${demoEventId(12)}`);
    const hash = (await page.locator('[data-video]').getAttribute('data-video')) ?? '';
    const ask = async () => {
      await page.getByRole('button', { name: /^More actions for/ }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
    };
    await ask();
    const dialog = page.getByRole('dialog', { name: `Delete video ${hash.slice(0, 10)}?` });
    await dialog.waitFor();
    expect(await dialog.textContent()).toMatch(/the stored file \(\d.*B\).*its rows.*its render history/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect((await fetch(`${setting.server.url}/api/v1/assets/${hash}`)).status).toBe(200);

    await ask();
    await dialog.getByRole('button', { name: 'Delete video' }).click();
    await page.getByText('Video deleted').waitFor();
    await page.getByText('No videos match these filters').waitFor();
    expect((await fetch(`${setting.server.url}/api/v1/assets/${hash}`)).status).toBe(404);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Video list');
    expect(errors).toEqual([]);
  });

  it('are deleted together when several are selected', async () => {
    const { page } = await open('?status=READY');
    await expect.poll(() => page.locator('[data-video]').count()).toBe(3);
    await page.getByLabel('Select all videos shown').click();
    await page.getByRole('button', { name: 'Delete 3', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete 3 videos' }).click();
    await page.getByText('3 videos deleted').waitFor();
    await page.getByText('No videos match these filters').waitFor();
  });

  it('show on the event page why a render failed, and succeed after a retry', async () => {
    const repairStore = await breakStore(setting.server);
    const viewport = { width: 360, height: 800 };
    const { page, errors } = await setting.open(`/events/${demoEventId(4)}?duration_ms=${DURATION_MS}`, {
      viewport,
    });
    await renderButton(page).click();
    const alert = page.getByRole('alert').filter({ hasText: 'The render failed' });
    await alert.getByText('STORE_UNAVAILABLE · 1 try').waitFor();
    await page.getByRole('row', { name: /FAILED Render 1/ }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);

    await repairStore();
    await page.getByRole('button', { name: 'Retry render' }).first().click();
    await page.locator('video[data-status="settled"]').waitFor();
    await page.getByRole('row', { name: /SUCCEEDED Render 1/ }).waitFor();
    expect(await alert.count()).toBe(0);
    expect(errors).toEqual([]);
  });
});

/** The frame that the scrubbed video shows; undefined while it seeks. */
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
