import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askForDemoVideo, demoEventId, renderDemoVideo } from './support/demo-events.ts';
import { expectGoodLooks, LOOKS } from './support/looks.ts';
import { setUpAdmin } from './support/setting.ts';
import { cardOf, expectVideos } from './support/video-cards.ts';

/** Length of the videos, short so that they are there soon. */
const DURATION_MS = 1_000;

describe('the videos', () => {
  const setting = setUpAdmin({ RENDER_THREADS: '2', RENDER_TRIES: '1' });

  const open = (search = '', options = {}) => setting.open(`/videos${search}`, options);

  it('say so as long as there are none, or none that fits', async () => {
    const { page, errors } = await open();
    await page.getByText('There are no videos yet').waitFor();
    await page.getByLabel('Status').selectOption('Ready');
    await page.getByText('No video matches these filters').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('are listed the newest first, and the totals say how many there are and what they take', async () => {
    const hashes: string[] = [];
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
    await page.context().close();
  });

  it('are filtered by hand and from the address, and the totals follow', async () => {
    const { page } = await open(`?friction_id=${demoEventId(8)}`);
    await expect.poll(() => page.locator('[data-video]').count()).toBe(1);
    await page.getByRole('button', { name: 'Filters · 1 active' }).waitFor();
    const totals = page.getByRole('region', { name: 'Totals' });
    await expect.poll(() => totals.textContent()).toContain('Videos1Ready1');
    const hash = (await page.locator('[data-video]').getAttribute('data-video')) ?? '';
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => page.locator('[data-video]').count()).toBe(3);
    await page.getByLabel('Hash begins with').fill(hash.slice(0, 12).toUpperCase());
    await expectVideos(page, [hash]);
    await page.getByLabel('Engine').selectOption('Embedded');
    await page.getByLabel('Renderer version').fill('v1-video');
    await page.getByLabel('First day').fill('2020-01-01');
    await page.getByRole('button', { name: 'Filters · 4 active' }).waitFor();
    await page.reload();
    await expectVideos(page, [hash]);
    await page.getByLabel('Last day').fill('2020-01-02');
    await page.getByText('No video matches these filters').waitFor();
    await page.context().close();
  });

  it('say why a render failed, and are there after a retry', async () => {
    const store = join(setting.server.dataDir, 'store');
    // A file in the place of the folder: nothing can be stored.
    await rename(store, `${store}.aside`);
    await writeFile(store, '');
    await expect(renderDemoVideo(setting.server, 3, { duration_ms: DURATION_MS })).rejects.toThrow(
      'STORE_UNAVAILABLE',
    );
    const { page } = await open('?status=FAILED');
    await page.getByText('The store cannot be used: check DATA_DIR (STORE_UNAVAILABLE)').waitFor();
    await rm(store);
    await rename(`${store}.aside`, store);
    await page.getByRole('button', { name: /^Retry video/ }).click();
    await page.getByText('The render is queued').waitFor();
    await page.getByText(/^The video [0-9a-f]+ is ready$/).waitFor();
    await page.getByText('No video matches these filters').waitFor();
    await page.getByLabel('Status').selectOption('Ready');
    await expect.poll(() => page.locator('[data-painted]').count()).toBe(4);
    await page.context().close();
  });

  it('say how far a render is, and that it was cancelled', async () => {
    const { hash } = await askForDemoVideo(setting.server, 10, { duration_ms: 10_000 });
    const { page, errors } = await open();
    const card = cardOf(page, hash);
    await card.getByText(/^Frame \d+ of 300$/).waitFor();
    await card.getByRole('progressbar').waitFor();
    await card.getByRole('button', { name: /^Cancel the render/ }).click();
    await card.getByText('The render was cancelled.').waitFor();
    await card.getByText('MISSING').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('lead to their event and give their URL', async () => {
    const { page } = await open(`?friction_id=${demoEventId(12)}`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const hash = (await page.locator('[data-video]').getAttribute('data-video')) ?? '';
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Copy the URL' }).click();
    await page.getByText('The URL is copied').waitFor();
    const url = await page.evaluate(() => navigator.clipboard.readText());
    expect(url).toBe(`${setting.server.url}/videos/v1-video/${hash}.mp4`);
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Open the event' }).click();
    await page.waitForURL(`**/events/${demoEventId(12)}?duration_ms=${DURATION_MS}`);
    await page.context().close();
  });

  it.each(LOOKS)('can be looked at by everybody, $scheme at $width px', async (look) => {
    await expectGoodLooks(setting, '/videos', look, async (page) => {
      await page.locator('[data-video]').nth(4).waitFor();
      await page.waitForLoadState('networkidle');
    });
  });

  it('are deleted once it was said what goes and that was confirmed', async () => {
    const { page, errors } = await open(`?friction_id=${demoEventId(12)}`);
    const hash = (await page.locator('[data-video]').getAttribute('data-video')) ?? '';
    const ask = async () => {
      await page.getByRole('button', { name: /^More for/ }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
    };
    await ask();
    const dialog = page.getByRole('dialog', { name: `Delete video ${hash.slice(0, 10)}?` });
    await dialog.waitFor();
    expect(await dialog.textContent()).toMatch(
      /the file in the store \(\d.*B\).*its rows.*history of its renders/,
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect((await fetch(`${setting.server.url}/api/v1/assets/${hash}`)).status).toBe(200);

    await ask();
    await dialog.getByRole('button', { name: 'Delete the video' }).click();
    await page.getByText('The video is deleted').waitFor();
    await page.getByText('No video matches these filters').waitFor();
    expect((await fetch(`${setting.server.url}/api/v1/assets/${hash}`)).status).toBe(404);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'List of videos',
    );
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('are deleted together when they are selected', async () => {
    const { page } = await open('?status=READY');
    await expect.poll(() => page.locator('[data-video]').count()).toBe(3);
    await page.getByLabel('Select all videos shown').click();
    await page.getByRole('button', { name: 'Delete 3', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete 3 videos' }).click();
    await page.getByText('3 videos are deleted').waitFor();
    await page.getByText('No video matches these filters').waitFor();
    await page.context().close();
  });
});

describe('the videos of a server whose renders wait', () => {
  const setting = setUpAdmin({ INLINE_WORKER: 'false' });

  it('can be cancelled while they wait, asked for again, and not be deleted before', async () => {
    const { hash } = await askForDemoVideo(setting.server, 8, { duration_ms: DURATION_MS });
    const { page, errors } = await setting.open('/videos');
    const card = cardOf(page, hash);
    await card.getByText('Waits for a worker').waitFor();
    await card.getByRole('button', { name: /^More for/ }).click();
    const refused = page.getByRole('menuitem', { name: 'Delete: cancel the render first' });
    expect(await refused.isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await card.getByRole('button', { name: /^Cancel the render/ }).click();
    await page.getByText('The render is being cancelled').waitFor();
    await card.getByText('The render was cancelled.').waitFor();
    await card.getByLabel(/^Select video/).click();
    await page.getByRole('button', { name: 'Retry 1', exact: true }).click();
    await card.getByText('Waits for a worker').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('say what is wrong when they cannot be loaded, and load when asked again', async () => {
    const { page } = await setting.open('/videos');
    await page.locator('[data-video]').waitFor();
    await page.route('**/trpc/**', (route) =>
      route.request().url().includes('admin.videos.list') ? route.abort() : route.continue(),
    );
    await page.reload();
    const alert = page.getByRole('alert').filter({ hasText: 'The list could not be loaded' });
    await alert.waitFor();
    await page.unroute('**/trpc/**');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.locator('[data-video]').waitFor();
    await page.context().close();
  });
});
