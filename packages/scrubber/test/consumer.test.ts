import { findBrowser } from '@defrag/browser';
import { readStrip, STRIP, STRIP_CELLS } from '@defrag/numbered-video/strip';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { frameAt } from '../src/index.ts';
import { type Consumer, installConsumer, type ReactVersion } from './support/consumer.ts';

const FRAMES = 180;

/** Generous, for a busy machine. */
const PATIENCE = { timeout: 30_000 };

const REACT_18: ReactVersion = {
  react: '18.3.1',
  packages: ['@types/react@18.3.31', '@types/react-dom@18.3.7'],
};
const REACT_19: ReactVersion = {
  react: '19.3.1',
  packages: ['@types/react@19.3.0', '@types/react-dom@19.3.0', 'react-server-dom-webpack@19.3.1'],
};

const consumers = new Map<ReactVersion, Consumer>();
let browser: Browser;

beforeAll(async () => {
  const packed = inject('packed');
  const install = async (version: ReactVersion) =>
    consumers.set(version, await installConsumer(packed, version));
  await Promise.all([REACT_18, REACT_19].map(install));
  browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
}, 600_000);
afterAll(() => browser?.close());

describe.each([REACT_18, REACT_19])('an app with React $react', (version) => {
  it.each([
    ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
    ['nodenext', { module: 'nodenext', moduleResolution: 'nodenext' }],
  ])('compiles strictly with moduleResolution %s', async (_, options) => {
    const strictest = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, target: 'es2022' };
    expect(await consumerOf(version).compile({ ...strictest, ...options })).toBe('');
  });

  it('renders the slider at its initial position in Node without a DOM', async () => {
    const html = await consumerOf(version).runNode('render.js');
    expect(html).toContain('<video');
    expect(html).toContain('src="/numbered.mp4"');
    expect(html).toMatch(/<input type="range"[^>]* value="0.5"/);
    expect(html).toContain('aria-valuetext="50%"');
  });

  describe.each(['dev', 'built'] as const)('served as %s', (mode) => {
    let server: { url: string; close(): Promise<void> };

    beforeAll(async () => {
      server = await consumerOf(version).serve(mode);
    });
    afterAll(() => server?.close());

    it.each([
      ['rendered in the browser', 'index.html'],
      ['rendered by the server', 'hydrated.html'],
    ])('displays the frames that the slider selects, without console warnings, when %s', async (_, file) => {
      const page = await browser.newPage();
      const messages: string[] = [];
      page.on('console', (message) => {
        if (['warning', 'error'].includes(message.type())) messages.push(message.text());
      });
      page.on('pageerror', (error) => messages.push(String(error)));
      await page.goto(new URL(file, server.url).href);
      await expect
        .poll(() => seen(page), PATIENCE)
        .toEqual({ status: 'settled', frame: frameAt(0.5, FRAMES) });

      const position = await drag(page, 0.1, 0.8);
      await expect
        .poll(() => seen(page), PATIENCE)
        .toEqual({ status: 'settled', frame: frameAt(position, FRAMES) });
      await page.keyboard.press('Home');
      await expect.poll(() => seen(page), PATIENCE).toEqual({ status: 'settled', frame: 0 });
      await page.keyboard.press('End');
      await expect.poll(() => seen(page), PATIENCE).toEqual({ status: 'settled', frame: FRAMES - 1 });

      expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.muted)).toBe(true);
      // A round thumb proves that the style sheet is loaded.
      expect(
        await page
          .locator('[data-scrubber="thumb"]')
          .evaluate((thumb) => getComputedStyle(thumb).borderRadius),
      ).toBe('50%');
      expect(messages).toEqual([]);
      await page.close();
    });
  });
});

describe('a server component of React 19', () => {
  it('computes frames and references the scrubber as a client component', async () => {
    const stream = await consumerOf(REACT_19).runNode('server-component.js', '--conditions', 'react-server');
    expect(stream).toContain('Frame 179 at 0.05 s');
    expect(stream).toMatch(/I\["[^"]+",\[\],"VideoScrubber"/);
    expect(stream).toContain('{"src":"/numbered.mp4","defaultValue":0.5}');
  });
});

function consumerOf(version: ReactVersion): Consumer {
  const consumer = consumers.get(version);
  if (!consumer) throw new Error(`React ${version.react} is not installed`);
  return consumer;
}

/** Drags the slider between two positions and returns the final one. */
async function drag(page: Page, from: number, to: number): Promise<number> {
  const box = await page.locator('[data-scrubber="track"]').boundingBox();
  if (!box) throw new Error('The page has no slider');
  const x = (position: number) => Math.round(box.x + position * box.width);
  const y = box.y + box.height / 2;
  await page.mouse.move(x(from), y);
  await page.mouse.down();
  await page.mouse.move(x(to), y, { steps: 40 });
  await page.mouse.up();
  return (x(to) - box.x) / box.width;
}

/** Status of the video and the number of its displayed frame. */
async function seen(page: Page): Promise<{ status: string | undefined; frame: number | undefined }> {
  const { status, brightness } = await page.evaluate(
    ({ strip, cells }) => {
      const video = document.querySelector('video');
      const context = new OffscreenCanvas(cells, 1).getContext('2d');
      if (!video || !context) throw new Error('The page has no video, or no canvas is available');
      const y = strip.y + strip.cellHeight / 2;
      for (let cell = 0; cell < cells; cell += 1) {
        context.drawImage(video, strip.x + (cell + 0.5) * strip.cellWidth, y, 1, 1, cell, 0, 1, 1);
      }
      const { data } = context.getImageData(0, 0, cells, 1);
      return {
        status: video.dataset['status'],
        brightness: Array.from({ length: cells }, (_, cell) => data[cell * 4] ?? 0),
      };
    },
    { strip: STRIP, cells: STRIP_CELLS },
  );
  return { status, frame: readStrip(brightness) };
}
