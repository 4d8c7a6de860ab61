import { buffer } from 'node:stream/consumers';
import { loadCanvasKit } from '@defrag/composition/headless';
import { videoInputs } from '@defrag/core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PATIENCE_MS } from '../support/browser.ts';
import { tabTo } from '../support/keyboard.ts';
import { accessibilityViolations, expectGoodLooks } from '../support/looks.ts';
import { type Moment, pictureOf, picturesOn, pixelsOf } from '../support/pictures.ts';
import { setUpSharedAdmin } from '../support/setting.ts';

const WAIT = { timeout: PATIENCE_MS };

/** The sandbox's defaults. */
const FIRST: Moment = {
  frictionScore: 72,
  pressureScore: 55,
  seed: 'sandbox',
  durationMs: 6_000,
  position: 0,
};

/** A seed that must not be parsed as a number. */
const ODD_SEED = '1e3';

describe('the sandbox', () => {
  const setting = setUpSharedAdmin();

  const open = (search = '', options: BrowserContextOptions = {}) =>
    setting.open(`/sandbox${search}`, options);
  const slider = (page: Page, name: string) => page.getByRole('slider', { name, exact: true });
  const shows = async (page: Page, moment: Moment) =>
    await expect.poll(() => picturesOn(page), WAIT).toEqual([await pictureOf(moment)]);

  it("shows the engine's pixels after each change of an input, and sends nothing to the server", async () => {
    const { page, errors } = await open();
    await shows(page, FIRST);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));

    let moment = FIRST;
    const change = async (changed: Partial<Moment>) => {
      moment = { ...moment, ...changed };
      await shows(page, moment);
      const inputs = videoInputs(moment);
      await page.getByText(inputs.canonical, { exact: true }).waitFor();
      await page.getByText(inputs.hash, { exact: true }).waitFor();
    };
    await slider(page, 'Position').press('Shift+ArrowRight');
    await change({ position: 0.1 });
    await slider(page, 'Friction').press('ArrowRight');
    await change({ frictionScore: 73 });
    await page.getByLabel('Pressure as a number').fill('8');
    await change({ pressureScore: 8 });
    await page.getByLabel('Seed', { exact: true }).fill('another seed');
    await change({ seed: 'another seed' });
    await page.getByLabel('Duration in seconds').fill('2.5');
    await change({ durationMs: 2_500 });
    await page.getByRole('button', { name: 'New seed' }).click();
    const seed = await page.getByLabel('Seed', { exact: true }).inputValue();
    expect(seed).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    await change({ seed });

    expect(asked).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('keeps all inputs in the URL, which shows the same picture elsewhere, and Back leaves the page', async () => {
    const { page } = await open();
    await page.goto(`${setting.server.adminUrl}/system`);
    await page.getByRole('link', { name: 'Sandbox' }).click();
    await slider(page, 'Friction').press('End');
    await slider(page, 'Pressure').press('Home');
    await slider(page, 'Duration').press('ArrowLeft');
    await slider(page, 'Position').press('Shift+ArrowRight');
    await page.getByLabel('Seed', { exact: true }).fill(ODD_SEED);
    const moment = {
      frictionScore: 100,
      pressureScore: 0,
      seed: ODD_SEED,
      durationMs: 5_500,
      position: 0.1,
    };
    await shows(page, moment);
    await page.waitForURL((url) => url.searchParams.get('seed') === JSON.stringify(ODD_SEED));

    const other = await open(new URL(page.url()).search);
    await shows(other.page, moment);
    expect(await other.page.getByLabel('Seed', { exact: true }).inputValue()).toBe(ODD_SEED);
    expect(other.errors).toEqual([]);

    await page.goBack();
    await page.getByRole('heading', { name: 'System', level: 1 }).waitFor();
  });

  it('keeps the last number while a field is empty, and rejects numbers out of range', async () => {
    const { page } = await open('?position=0.5');
    const field = page.getByLabel('Friction as a number');
    await field.fill('');
    expect(await field.inputValue()).toBe('');
    await shows(page, { ...FIRST, position: 0.5 });
    await field.pressSequentially('250');
    await shows(page, { ...FIRST, position: 0.5, frictionScore: 25 });
    await field.fill('');
    await field.blur();
    expect(await field.inputValue()).toBe('25');
  });

  it('moves all nine motions of the grid together, and opens the clicked one', async () => {
    const { page, errors } = await open('?view=grid&position=0&seed=together');
    const levels = [10, 50, 90];
    const cells = levels.flatMap((frictionScore) =>
      levels.map((pressureScore) => ({ ...FIRST, seed: 'together', frictionScore, pressureScore })),
    );
    const picturesAt = (position: number) =>
      Promise.all(cells.map((cell) => pictureOf({ ...cell, position }, 480)));
    const showsAll = (wanted: string[]) => expect.poll(() => picturesOn(page), WAIT).toEqual(wanted);
    await showsAll(await picturesAt(0));
    for (let times = 0; times < 3; times += 1) await slider(page, 'Position').press('Shift+ArrowRight');
    const moved = await picturesAt(0.3);
    await showsAll(moved);

    const link = page.getByRole('link', { name: 'Friction 90, pressure 10' });
    await tabTo(page, link);
    await page.keyboard.press('Enter');
    await shows(page, { ...FIRST, seed: 'together', frictionScore: 90, pressureScore: 10, position: 0.3 });
    await page.goBack();
    await showsAll(moved);
    expect(errors).toEqual([]);
  });

  it("exports the frame as a PNG with exactly the engine's pixels, named after the frame on the page", async () => {
    const { page, errors } = await open('?friction_score=93&pressure_score=90&seed=export&position=0.25');
    const moment = {
      frictionScore: 93,
      pressureScore: 90,
      seed: 'export',
      durationMs: 6_000,
      position: 0.25,
    };
    await shows(page, moment);
    await page.getByText('frame 45 of 0–179').waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export frame as PNG' }).click();
    const download = await downloading;
    const hash = videoInputs(moment).hash.slice(0, 8);
    expect(download.suggestedFilename()).toBe(`defrag-f93-p90-${hash}-frame-045.png`);

    const canvasKit = await loadCanvasKit();
    const image = canvasKit.MakeImageFromEncoded(await buffer(await download.createReadStream()));
    const pixels = image?.readPixels(0, 0, {
      width: 1_920,
      height: 1_080,
      colorType: canvasKit.ColorType.RGBA_8888,
      alphaType: canvasKit.AlphaType.Unpremul,
      colorSpace: canvasKit.ColorSpace.SRGB,
    });
    expect([image?.width(), image?.height()]).toEqual([1_920, 1_080]);
    expect(Buffer.compare(pixels as Uint8Array, await pixelsOf(moment))).toBe(0);
    expect(errors).toEqual([]);
  });

  it('shows an error when CanvasKit fails to load, exports nothing, and draws after a retry', async () => {
    const { page } = await setting.open('/system');
    await page.getByRole('heading', { name: 'System', level: 1 }).waitFor();
    await page.route('**/canvaskit*', (request) => request.abort());
    await page.getByRole('link', { name: 'Sandbox' }).click();
    await page.getByText('Could not draw the preview').waitFor();
    await page.getByRole('button', { name: 'Export frame as PNG' }).click();
    await page.getByText('Could not export the frame').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.unroute('**/canvaskit*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await shows(page, FIRST);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export frame as PNG' }).click();
    await downloading;
  });

  it('autoplays until paused or moved, but not when the user prefers reduced motion', async () => {
    const position = (page: Page) =>
      slider(page, 'Position').evaluate((input) => Number((input as HTMLInputElement).value));
    const { page } = await open('', { reducedMotion: 'no-preference' });
    await expect.poll(() => position(page), WAIT).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.waitForURL((url) => url.searchParams.has('position'));
    const paused = await position(page);
    expect(Number(new URL(page.url()).searchParams.get('position'))).toBe(paused);
    await shows(page, { ...FIRST, position: paused });
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => position(page), WAIT).not.toBe(paused);
    await slider(page, 'Position').press('End');
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await shows(page, { ...FIRST, position: 1 });

    const still = await open('');
    await shows(still.page, FIRST);
    await still.page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => position(still.page), WAIT).toBeGreaterThan(0);
  });

  it.each([
    ['single', 1],
    ['grid', 9],
  ])('has no accessibility violations, overflow or layout shift in the %s view', async (view, canvases) => {
    const path = `/sandbox?position=0.3&view=${view}`;
    await expectGoodLooks(
      setting,
      path,
      async (page) => {
        await page.waitForFunction((wanted) => {
          const painted = document.querySelectorAll('canvas[data-painted]');
          return painted.length === wanted;
        }, canvases);
      },
      0,
    );
  });
});
