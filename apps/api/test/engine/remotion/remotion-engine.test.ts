import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBrowser } from '@defrag/browser';
import { loadCanvasKit } from '@defrag/composition/headless';
import { RENDERER_VERSION, videoInputs } from '@defrag/core';
import { openBrowser } from '@remotion/renderer';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readGoldenFile } from '../../../../../packages/composition/test/support/golden-file.ts';
import { captureFrames } from '../../../src/engine/remotion/capture-frames.ts';
import { bundleComposition } from '../../../src/engine/remotion/composition-bundle.ts';
import { probeVideo, VIDEO_FILE_FORMAT } from '../../support/probe-video.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { listeningAddresses } from '../support/child-processes.ts';
import { expectPictures } from '../support/expect-pictures.ts';
import { interrupted } from '../support/interrupted.ts';
import { openRemotionEngine, TEST_BUNDLES_DIR, testRequest } from '../support/test-requests.ts';

// The first test bundles the composition.
vi.setConfig({ testTimeout: 300_000 });

describe('captured PNG frames', () => {
  const FRAMES_TOTAL = 180;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    browser = await openBrowser('chrome', {
      browserExecutable: await findBrowser(),
      chromeMode: 'chrome-for-testing',
      logLevel: 'error',
    });
  });
  afterAll(() => browser?.close({ silent: true }));

  test.for([
    { frictionScore: 12, pressureScore: 10, seed: 'golden' },
    { frictionScore: 50, pressureScore: 50, seed: '9f86d081884c7d65' },
    { frictionScore: 93, pressureScore: 90, seed: 'golden' },
  ])('match the golden file for scores $frictionScore/$pressureScore', async (event) => {
    const folder = await temporaryFolder();
    const inputs = videoInputs({ ...event, durationMs: 6_000 });
    const { digests } = readGoldenFile();
    const nameOf = (frame: number) => `${event.frictionScore}/${event.pressureScore} ${event.seed} #${frame}`;
    const frames = Array.from({ length: FRAMES_TOTAL }, (_, frame) => frame).filter(
      (frame) => digests[nameOf(frame)] !== undefined,
    );
    expect(frames).toHaveLength(7);
    const { path: bundlePath } = await bundleComposition(TEST_BUNDLES_DIR);
    const options = { browser, bundlePath, inputs, folder, frames, tabs: 2, timeoutMs: 45_000 };
    await captureFrames({ ...options, onFrame() {} });

    const canvasKit = await loadCanvasKit();
    const captured: string[] = [];
    for (const name of (await readdir(folder)).toSorted()) {
      const image = canvasKit.MakeImageFromEncoded(await readFile(join(folder, name)));
      const pixels = image?.readPixels(0, 0, {
        ...{ width: inputs.width, height: inputs.height },
        colorType: canvasKit.ColorType.RGBA_8888,
        alphaType: canvasKit.AlphaType.Unpremul,
        colorSpace: canvasKit.ColorSpace.SRGB,
      });
      captured.push(
        createHash('sha256')
          .update(pixels as Uint8Array)
          .digest('hex'),
      );
      image?.delete();
    }
    expect(captured).toEqual(frames.map((frame) => digests[nameOf(frame)]));
  });
});

test('a video has the format and frames of the embedded engine, and its browser receives nothing private', async ({
  onTestFinished,
}) => {
  vi.stubEnv('DEFRAG_ADMIN_KEY', 'a key that must not reach the browser');
  onTestFinished(() => void vi.unstubAllEnvs());
  const engine = await openRemotionEngine();
  onTestFinished(() => engine.close());
  const progress: [number, number][] = [];
  const environments: string[] = [];
  const commandLines: string[] = [];
  const listening = new Set<string>();
  const look = () => {
    for (const { pid, browserPid } of engine.processes) {
      for (const each of [pid, browserPid]) environments.push(readFileSync(`/proc/${each}/environ`, 'utf8'));
      commandLines.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      for (const address of listeningAddresses(pid as number)) listening.add(address);
    }
  };
  const request = testRequest({
    onProgress(...values) {
      progress.push(values);
      if (values[0] === 8 && process.platform === 'linux') look();
    },
  });
  const video = await engine.render(request);
  const file = await readFile(video.path);
  expect(video).toEqual({
    path: join(request.scratch, 'video.m4v'),
    sizeBytes: file.length,
    contentSha256: createHash('sha256').update(file).digest('hex'),
    frames: 30,
  });
  expect(progress).toEqual(Array.from({ length: 30 }, (_, index) => [index + 1, 30]));
  expect(await probeVideo(video.path)).toEqual({ frames: 30, ...VIDEO_FILE_FORMAT, durationSeconds: 1 });
  for (const tag of [request.inputs.hash, RENDERER_VERSION]) expect(file.includes(tag), tag).toBe(true);
  for (const maker of ['Remotion', 'x264 - core', 'Lavf']) expect(file.includes(maker), maker).toBe(false);
  await expectPictures(video.path, request.inputs, 30);
  expect(engine.processes.size).toBe(0);
  if (process.platform === 'linux') {
    expect(environments).toHaveLength(2);
    for (const environment of environments) expect(environment).not.toContain('DEFRAG_ADMIN_KEY');
    expect(commandLines).toHaveLength(1);
    expect(commandLines[0]).not.toContain('frictionScore');
    expect([...listening]).toEqual(['127.0.0.1']);
  }

  // One tab instead of two, beside another render.
  const single = await openRemotionEngine({ concurrency: 1 });
  onTestFinished(() => single.close());
  let processes = 0;
  const repeated = interrupted(testRequest(), 8, () => {
    processes = single.processes.size;
  });
  const together = await Promise.all([
    single.render(repeated),
    single.render(testRequest({ durationMs: 1_100 })),
  ]);
  expect(together.map(({ frames }) => frames)).toEqual([30, 33]);
  expect(together[0].contentSha256).toBe(video.contentSha256);
  expect(processes).toBe(2);
});
