import { numberedVideo } from '@defrag/numbered-video';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFirefox } from './support/find-firefox.ts';
import { startMediaServer } from './support/media-server.ts';

const firefox = findFirefox();
const FRAMES = 180;

describe.skipIf(firefox === undefined).each(['createScrubber', 'createDecodedScrubber'] as const)(
  '%s in Firefox, if installed,',
  (name) => {
    let media: Awaited<ReturnType<typeof startMediaServer>> | undefined;
    let browser: Browser | undefined;
    let page: Page;
    let src: string;

    beforeAll(async () => {
      media = await startMediaServer({ six: await numberedVideo() });
      src = `${media.url}/range/six.mp4`;
      browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefox ?? '', headless: true });
      page = await browser.newPage();
      // WebCodecs require a secure context, which about:blank is not.
      await page.goto(`${media.url}/page/`);
      await page.addScriptTag({
        content: await bundle(new URL('./firefox/page.ts', import.meta.url).pathname),
      });
    });
    afterAll(async () => {
      await browser?.close();
      await media?.close();
    });

    it('shows the exact frame once settled', async () => {
      // At rest both behave alike, so all frames once are enough. 67 and 180 are coprime, so leaps reach every frame.
      const length = name === 'createScrubber' ? FRAMES : 30;
      const frames = Array.from({ length }, (_, index) => (index * 67) % FRAMES);
      const values = frames.map((frame) => frame / (FRAMES - 1));
      const shown = await page.evaluate((...args) => settleAtEach(...args), name, src, values);
      expect(shown).toEqual(frames);
    });

    it.each([300, 2_000])('shows the right frame after %d ms drags forwards and backwards', async (ms) => {
      for (const isBackwards of [false, true]) {
        const { shown, wanted, paused } = await page.evaluate(
          (...args) => settleAfterDrag(...args),
          name,
          src,
          ms,
          isBackwards,
        );
        expect({ shown, paused }).toEqual({ shown: wanted, paused: true });
      }
    });
  },
);

/** Bundles a script with its imports for a page. */
async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'page' } },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (!output || !('output' in output)) throw new Error('Vite returned no bundle');
  return output.output[0].code;
}
