import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '@defrag/browser';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Generous, for a busy machine. */
const PATIENCE = { timeout: 30_000 };

describe('the playground', () => {
  let server: ViteDevServer;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await createServer({
      configFile: fileURLToPath(new URL('../playground/vite.config.ts', import.meta.url)),
      logLevel: 'error',
      server: { host: '127.0.0.1', port: 0 },
    });
    await server.listen();
    browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
    page.on('console', (message) => {
      const isProvoked = /\/(missing|closed)\//.test(`${message.text()} ${message.location().url}`);
      if (['error', 'warning'].includes(message.type()) && !isProvoked) errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(server.resolvedUrls?.local[0] ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('shows the expected status in every panel', async () => {
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
  });

  it.each(['ours', 'decoded', 'naive', 'coalesced'])(
    'measures a 2-second drag with strategy %s',
    async (name) => {
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
      const button = page.getByRole('button', { name: 'Drag for 2 seconds' });
      await button.click();
      // The button is disabled during the drag.
      await expect.poll(() => button.isEnabled(), PATIENCE).toBe(true);
      expect(await page.getByRole('slider').first().inputValue()).toBe('1');
      const framesShown = page.locator('.figures dd').first();
      await expect.poll(async () => Number(await framesShown.textContent()), PATIENCE).toBeGreaterThan(5);
    },
  );

  it.each([1_440, 360])('passes axe and does not overflow at %d pixels width', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(() => page.getByRole('alert').allTextContents(), PATIENCE)
      .toContain('The video is unreachable.');
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it('logs no errors or warnings except for the provoked ones', () => {
    expect(errors).toEqual([]);
  });
});
