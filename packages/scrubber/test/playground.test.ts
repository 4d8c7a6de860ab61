import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '@defrag/browser';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** For a machine that has much else to do. */
const PATIENCE = { timeout: 30_000 };

describe('the playground', () => {
  let server: ViteDevServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await createServer({
      configFile: fileURLToPath(new URL('../playground/vite.config.ts', import.meta.url)),
      logLevel: 'error',
      server: { host: '127.0.0.1', port: 0 },
    });
    await server.listen();
    browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function openPage(width: number, onError: (text: string, url: string) => void): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) onError(message.text(), message.location().url);
    });
    page.on('pageerror', (error) => onError(String(error), ''));
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    return page;
  }

  it('opens with no other error than those that it provokes, and each panel shows what it is about', async () => {
    const errors: string[] = [];
    const page = await openPage(1_440, (text, url) => {
      if (!/\/(missing|closed)\//.test(`${text} ${url}`)) errors.push(text);
    });
    const statuses = () =>
      page
        .locator('video[data-status]')
        .evaluateAll((videos) =>
          videos.map((video) => [
            video.closest('article')?.getAttribute('aria-label'),
            video.getAttribute('data-status'),
          ]),
        );
    await expect
      .poll(async () => Object.fromEntries(await statuses()), PATIENCE)
      .toEqual({
        'Own slider': 'settled',
        Form: 'settled',
        'Scroll-driven': 'settled',
        'Keyboard only': 'settled',
        'Right to left': 'settled',
        Disabled: 'settled',
        'No Range': 'settled',
        'Slow network': 'settled',
        404: 'error',
        CORS: 'error',
      });
    expect(errors).toEqual([]);
    await page.close();
  });

  it.each(['ours', 'decoded', 'naive', 'coalesced'])(
    'measures a drag of 2 seconds with the strategy %s',
    async (name) => {
      const page = await openPage(1_440, () => {});
      await expect
        .poll(
          () =>
            page
              .locator('video')
              .first()
              .evaluate((video: HTMLVideoElement) => video.readyState),
          PATIENCE,
        )
        .toBe(4);
      await page.getByRole('radio', { name, exact: true }).check();
      await page.getByRole('button', { name: 'Drag for 2 seconds' }).click();
      const slider = page.getByRole('slider').first();
      await expect.poll(() => slider.inputValue(), PATIENCE).toBe('1');
      const framesShown = page.locator('.figures dd').first();
      await expect.poll(async () => Number(await framesShown.textContent()), PATIENCE).toBeGreaterThan(5);
      await page.close();
    },
  );

  it.each([1_440, 360])('is accessible and fits at a width of %d pixels', async (width) => {
    const page = await openPage(width, () => {});
    await expect
      .poll(() => page.getByRole('alert').allTextContents(), PATIENCE)
      .toContain('The video is unreachable.');
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.close();
  });
});
