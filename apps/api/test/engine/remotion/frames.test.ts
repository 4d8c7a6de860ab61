import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBrowser } from '@defrag/browser';
import { createFrameSource, loadCanvasKit } from '@defrag/composition/headless';
import { deriveMotion, frameProgress, videoInputs } from '@defrag/core';
import { openBrowser } from '@remotion/renderer';
import { expect, test, vi } from 'vitest';
import { readGoldenFile } from '../../../../../packages/composition/test/support/golden-file.ts';
import { bundleComposition } from '../../../src/engine/remotion/bundle-composition.ts';
import { captureFrames } from '../../../src/engine/remotion/capture-frames.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TEST_BUNDLES_DIR } from '../support/remotion-test-engine.ts';

// The first of them bundles the composition.
vi.setConfig({ testTimeout: 300_000 });

/** Twelve positions; the golden digests are there for seven of them. */
const FRAMES = [0, 15, 30, 45, 60, 75, 90, 112, 130, 150, 165, 179];
const FRAMES_TOTAL = 180;

const EVENTS = [
  { frictionScore: 12, pressureScore: 10, seed: 'golden' },
  { frictionScore: 50, pressureScore: 50, seed: '9f86d081884c7d65' },
  { frictionScore: 93, pressureScore: 90, seed: 'golden' },
];

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test.for(EVENTS)(
  'the PNG frames of $frictionScore/$pressureScore have the pixels of the embedded engine',
  async (event, { onTestFinished }) => {
    const folder = await temporaryFolder();
    const inputs = videoInputs({ ...event, durationMs: 6_000 });
    const { width, height } = inputs;
    const [browserExecutable, bundle] = await Promise.all([
      findBrowser(),
      bundleComposition(TEST_BUNDLES_DIR),
    ]);
    const browser = await openBrowser('chrome', {
      browserExecutable,
      chromeMode: 'chrome-for-testing',
      logLevel: 'error',
    });
    onTestFinished(() => browser.close({ silent: true }));
    const capture = { browser, bundlePath: bundle.path, inputs, folder, frames: FRAMES };
    await captureFrames({ ...capture, tabs: 2, timeoutMs: 45_000, onFrame() {} });

    const canvasKit = await loadCanvasKit();
    const captured: string[] = [];
    for (const name of (await readdir(folder)).toSorted()) {
      const image = canvasKit.MakeImageFromEncoded(await readFile(join(folder, name)));
      const pixels = image?.readPixels(0, 0, {
        ...{ width, height },
        colorType: canvasKit.ColorType.RGBA_8888,
        alphaType: canvasKit.AlphaType.Unpremul,
        colorSpace: canvasKit.ColorSpace.SRGB,
      });
      captured.push(sha256(pixels as Uint8Array));
      image?.delete();
    }

    const source = await createFrameSource({ width, height });
    const profile = deriveMotion(inputs, inputs.seed);
    const drawn = FRAMES.map((frame) => sha256(source.draw(profile, frameProgress(frame, FRAMES_TOTAL))));
    source.dispose();
    expect(captured).toEqual(drawn);

    const { digests } = readGoldenFile();
    const golden = FRAMES.map(
      (frame) => digests[`${event.frictionScore}/${event.pressureScore} ${event.seed} #${frame}`],
    );
    expect(golden.filter((digest) => digest !== undefined)).toHaveLength(7);
    expect(golden.map((digest, index) => digest ?? drawn[index])).toEqual(captured);
  },
);
