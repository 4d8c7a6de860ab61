import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { RENDERER_VERSION, videoInputs } from '@defrag/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ffmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';
import { createEmbeddedEngine } from '../../../src/engine/embedded/index.ts';
import type { RenderedVideo } from '../../../src/engine/engine.ts';
import { probeVideo, VIDEO_FILE_FORMAT } from '../../support/probe-video.ts';
import { expectPictures } from '../support/expect-pictures.ts';
import { testRequest } from '../support/test-requests.ts';

describe('a video of one full and one short chunk', () => {
  const FRAMES = 31;
  const progress: [number, number][] = [];
  const request = testRequest({
    // The scores with the most lines to draw.
    inputs: videoInputs({ frictionScore: 100, pressureScore: 100, seed: 'test', durationMs: 1_033 }),
    onProgress: (...values) => void progress.push(values),
  });
  let video: RenderedVideo;
  const engine = createEmbeddedEngine({ concurrency: 2 });
  beforeAll(async () => {
    video = await engine.render(request);
  });
  afterAll(() => engine.close());

  test('is the only file in the scratch folder, with the size and digest that the engine returns', async () => {
    const file = await readFile(video.path);
    expect(await readdir(request.scratch)).toEqual(['video.mp4']);
    expect(video).toEqual({
      path: `${request.scratch}/video.mp4`,
      sizeBytes: file.length,
      contentSha256: createHash('sha256').update(file).digest('hex'),
      frames: FRAMES,
    });
  });

  test('reports each frame once, in order', () => {
    expect(progress).toEqual(Array.from({ length: FRAMES }, (_, index) => [index + 1, FRAMES]));
  });

  test('has the format that browsers play and the scrubber can seek', async () => {
    const { durationSeconds, ...format } = await probeVideo(video.path);
    expect(format).toEqual({ frames: FRAMES, ...VIDEO_FILE_FORMAT });
    expect(durationSeconds).toBeCloseTo(FRAMES / 30, 3);
  });

  test('has one packet per frame at its exact time, a keyframe every five frames, and the tags', async () => {
    const { packets, tags, stream } = await probe(video.path);
    const [numerator, denominator] = stream.time_base.split('/').map(Number);
    expect(packets.map(({ pts }) => (pts * (numerator as number) * 30) / (denominator as number))).toEqual(
      Array.from({ length: FRAMES }, (_, index) => index),
    );
    expect(packets.map(({ dts }) => dts)).toEqual(packets.map(({ pts }) => pts));
    const keyframes = packets.flatMap(({ flags }, index) => (flags.startsWith('K') ? [index] : []));
    expect(keyframes).toEqual([0, 5, 10, 15, 20, 25, 30]);
    expect(Number(stream.duration)).toBeCloseTo(FRAMES / 30, 6);
    expect(tags).toMatchObject({ video_hash: request.inputs.hash, renderer_version: RENDERER_VERSION });
  });

  test('matches the drawn frames within the compression tolerance', async () => {
    await expectPictures(video.path, request.inputs, FRAMES);
  });
});

test('the bytes do not depend on the thread count or on concurrent renders, which get fair shares', {
  timeout: 240_000,
}, async () => {
  // Three chunks, the last with one frame.
  const long = () => testRequest({ durationMs: 2_034 });
  const short = () => testRequest({ durationMs: 1_000 });
  const single = createEmbeddedEngine({ concurrency: 1 });
  let longFrames = 0;
  let longFramesWhenShortWasDone = Number.NaN;
  const together = await Promise.all([
    single.render({
      ...long(),
      onProgress(done) {
        longFrames = done;
      },
    }),
    single.render({
      ...short(),
      onProgress(done, total) {
        if (done === total) longFramesWhenShortWasDone = longFrames;
      },
    }),
  ]);
  // The long render got its first chunk and, when its turn came, its second; the third had to wait.
  expect(longFramesWhenShortWasDone).toBe(60);
  await single.close();
  const digests = together.map(({ contentSha256 }) => contentSha256);
  for (const [index, concurrency] of [4, 2].entries()) {
    const engine = createEmbeddedEngine({ concurrency });
    const alone = await engine.render(index === 0 ? long() : short());
    expect(alone.contentSha256, `${concurrency} threads`).toBe(digests[index]);
    await engine.close();
  }
});

interface Probe {
  packets: { pts: number; dts: number; flags: string }[];
  streams: { time_base: string; duration: string }[];
  format: { tags: Record<string, string> };
}

async function probe(path: string) {
  const { ffprobe, env } = ffmpegPaths();
  const args = ['-v', 'error', '-show_streams', '-show_format', '-show_packets', '-of', 'json', path];
  const { stdout } = await promisify(execFile)(ffprobe, args, { env, maxBuffer: 2 ** 26 });
  const { packets, streams, format } = JSON.parse(stdout) as Probe;
  return { packets, tags: format.tags, stream: streams[0] as Probe['streams'][number] };
}
