import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '@defrag/browser';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PIXELS_CHANGED, readGoldenFile } from './support/golden-file.ts';
import { goldenFrames } from './support/golden-frames.ts';

const golden = readGoldenFile();
const names = goldenFrames().map(({ name }) => name);
const motions = new URL('../../core/test/vectors/motion-profiles.json', import.meta.url);

describe('Chromium', () => {
  const outDir = mkdtempSync(join(tmpdir(), 'defrag-golden-'));
  const root = new URL('./browser', import.meta.url).pathname;
  let server: PreviewServer | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    await build({ root, configFile: false, logLevel: 'error', build: { outDir, target: 'es2024' } });
    server = await preview({
      root,
      configFile: false,
      logLevel: 'error',
      build: { outDir },
      preview: { host: '127.0.0.1', port: 0 },
    });
    browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(outDir, { recursive: true, force: true });
  });

  async function openPage(): Promise<Page> {
    const address = server?.resolvedUrls?.local[0];
    if (!browser || !address) throw new Error('Browser or server is not running');
    const page = await browser.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'digestFrames' in window);
    return page;
  }

  it('draws the golden frames with the same pixels as Node', async () => {
    const page = await openPage();
    expect(await page.evaluate((wanted) => digestFrames(wanted), names), PIXELS_CHANGED).toEqual(
      golden.digests,
    );
  });

  it('draws the same pixels in a second tab and another order', async () => {
    const page = await openPage();
    const backwards = names.filter((_, index) => index % 5 === 2).reverse();
    const drawn = await page.evaluate((wanted) => digestFrames(wanted), backwards);
    expect(drawn, PIXELS_CHANGED).toEqual(
      Object.fromEntries(backwards.map((name) => [name, golden.digests[name]])),
    );
  });

  it('derives motion profiles with the same bytes as Node', async () => {
    const { profiles } = JSON.parse(readFileSync(motions, 'utf8')) as {
      profiles: {
        frictionScore: number;
        pressureScore: number;
        seed: string;
        repeat: number;
        sha256: string;
      }[];
    };
    const page = await openPage();
    // JSON text, because the channel to the browser replaces lone surrogates.
    const digests = await page.evaluate((text) => digestMotions(JSON.parse(text)), JSON.stringify(profiles));
    expect(digests).toEqual(profiles.map(({ sha256 }) => sha256));
  });
});
