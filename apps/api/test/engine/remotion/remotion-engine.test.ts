import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFrameSource } from '@defrag/composition/headless';
import { deriveMotion, frameProgress, RENDERER_VERSION, type VideoInputs } from '@defrag/core';
import { decodeVideo } from '@defrag/decoded-video';
import { expect, test, vi } from 'vitest';
import { ffmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';
import { convertRgbaToYuv420, yuv420Bytes } from '../../../src/engine/embedded/rgba-to-yuv420.ts';
import { probeVideo, VIDEO_FILE_FORMAT } from '../../support/probe-video.ts';
import { peakSignalToNoise } from '../support/peak-signal-to-noise.ts';
import { startRemotionTestEngine } from '../support/remotion-test-engine.ts';

vi.setConfig({ testTimeout: 300_000 });

/** As for the embedded engine: below this, compression shows around thin lines (dB). */
const FLOOR_DB = 42;

test('a video has the format of the embedded engine’s, its pictures, and the same bytes from one tab and from two', async () => {
  const { engine, request, folder } = await startRemotionTestEngine({ concurrency: 2 });
  const progress: [number, number][] = [];
  const video = await engine.render(request({ onProgress: (...values) => void progress.push(values) }));
  const file = await readFile(video.path);
  expect(video).toEqual({
    path: request().outputPath,
    sizeBytes: file.length,
    contentSha256: createHash('sha256').update(file).digest('hex'),
    frames: 30,
  });
  expect(progress).toEqual(Array.from({ length: 30 }, (_, index) => [index + 1, 30]));

  expect(await probeVideo(video.path)).toEqual({
    frames: 30,
    ...VIDEO_FILE_FORMAT,
    durationSeconds: 1,
  });
  for (const tag of [request().videoHash, RENDERER_VERSION]) expect(file.includes(tag), tag).toBe(true);
  for (const maker of ['Remotion', 'x264 - core', 'Lavf']) expect(file.includes(maker), maker).toBe(false);

  await expectPictures(await decodeVideo(ffmpegPaths(), video.path), request().inputs);

  // The second render of the same browser, then one in another browser with one tab.
  expect((await engine.render(request())).contentSha256).toBe(video.contentSha256);
  expect(engine.processes).toHaveLength(1);
  await engine.close();
  expect(await readdir(folder, { recursive: true })).toEqual(['scratch', 'video.mp4']);
  const single = await startRemotionTestEngine({ concurrency: 1 });
  expect((await single.engine.render(single.request())).contentSha256).toBe(video.contentSha256);
});

test('renders at the same time have a browser each and do not change each other', async () => {
  const { engine, request, folder } = await startRemotionTestEngine({ concurrency: 1 });
  const long = request({ durationMs: 1_200, outputPath: join(folder, 'long.mp4') });
  const short = request({ outputPath: join(folder, 'short.mp4') });
  const together = await Promise.all([engine.render(long), engine.render(short)]);
  expect(engine.processes).toHaveLength(2);
  expect(together.map(({ frames }) => frames)).toEqual([36, 30]);
  expect(await engine.render(short)).toEqual(together[1]);
  expect(engine.processes).toHaveLength(2);
});

/** Every frame is the one that is drawn, within what compression may take. */
async function expectPictures(decoded: Buffer, inputs: VideoInputs): Promise<void> {
  const { width, height } = inputs;
  const source = await createFrameSource({ width, height });
  const profile = deriveMotion(inputs, inputs.seed);
  const drawn = new Uint8Array(yuv420Bytes(width, height));
  const frames = decoded.length / drawn.length;
  for (let frame = 0; frame < frames; frame += 1) {
    convertRgbaToYuv420(source.draw(profile, frameProgress(frame, frames)), drawn, width, height);
    const picture = decoded.subarray(frame * drawn.length, (frame + 1) * drawn.length);
    const [lumaEnd, blueEnd] = [width * height, (width * height * 5) / 4];
    for (const [start, end] of [
      [0, lumaEnd],
      [lumaEnd, blueEnd],
      [blueEnd, drawn.length],
    ] as const) {
      const db = peakSignalToNoise(drawn.subarray(start, end), picture.subarray(start, end));
      expect(db, `frame ${frame}, plane from ${start}`).toBeGreaterThan(FLOOR_DB);
    }
  }
  source.dispose();
}
