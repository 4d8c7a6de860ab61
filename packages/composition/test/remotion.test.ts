import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '@defrag/browser';
import { bundle } from '@remotion/bundler';
import { openBrowser, renderStill, selectComposition } from '@remotion/renderer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCanvasKit } from '../src/hosts/headless.ts';
import { COMPOSITION_ID } from '../src/hosts/remotion/composition-id.ts';
import { digestOf, PIXELS_CHANGED, readGoldenFile } from './support/golden-file.ts';
import { GOLDEN_SIZE, type GoldenFrame, goldenFrames } from './support/golden-frames.ts';

const golden = readGoldenFile();
const entryPoint = new URL('../src/hosts/remotion/entry.ts', import.meta.url).pathname;

/** Frames of three events: under tension, in the middle and at the end. */
const sampled = goldenFrames().filter(
  ({ inputs: { frictionScore }, frame }) =>
    (frictionScore === 93 && frame === 0) ||
    (frictionScore === 50 && frame === 90) ||
    (frictionScore === 12 && frame === 179),
);

describe('Remotion', () => {
  const outDir = mkdtempSync(join(tmpdir(), 'defrag-remotion-'));
  let serveUrl: string;
  let browser: Awaited<ReturnType<typeof openBrowser>> | undefined;

  beforeAll(async () => {
    serveUrl = await bundle({ entryPoint, outDir, enableCaching: false });
    browser = await openBrowser('chrome', { browserExecutable: await findBrowser(), logLevel: 'error' });
  });
  afterAll(async () => {
    await browser?.close({ silent: true });
    rmSync(outDir, { recursive: true, force: true });
  });

  async function screenshot({ inputs, frame, frames }: GoldenFrame): Promise<Uint8Array> {
    if (!browser) throw new Error('The browser is not running');
    const inputProps = {
      friction_score: inputs.frictionScore,
      pressure_score: inputs.pressureScore,
      seed: inputs.seed,
      duration_ms: (frames * 1_000) / 30,
    };
    const options = { serveUrl, inputProps, puppeteerInstance: browser, logLevel: 'error' } as const;
    const composition = await selectComposition({ ...options, id: COMPOSITION_ID });
    expect(composition).toMatchObject({ ...GOLDEN_SIZE, durationInFrames: frames });
    const { buffer } = await renderStill({ ...options, composition, frame, imageFormat: 'png' });
    if (!buffer) throw new Error('Remotion returned no picture');
    return buffer;
  }

  it.each(sampled)('renders the golden pixels: $name', async (frame) => {
    const canvasKit = await loadCanvasKit();
    const image = canvasKit.MakeImageFromEncoded(await screenshot(frame));
    const pixels = image?.readPixels(0, 0, {
      ...GOLDEN_SIZE,
      colorType: canvasKit.ColorType.RGBA_8888,
      alphaType: canvasKit.AlphaType.Unpremul,
      colorSpace: canvasKit.ColorSpace.SRGB,
    });
    expect(digestOf(pixels as Uint8Array), PIXELS_CHANGED).toBe(golden.digests[frame.name]);
  });
});
