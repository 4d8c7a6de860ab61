import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { RENDERER_VERSION } from '@defrag/core';
import { expect, test } from 'vitest';
import { ffmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';
import { probeVideo, VIDEO_FILE_FORMAT } from '../../support/probe-video.ts';
import { startTestEngine } from '../support/test-engine.ts';

test('a video has the format that browsers play and the scrubber seeks in; nothing else is left behind', {
  timeout: 60_000,
}, async () => {
  const { engine, request, folder } = await startTestEngine();
  const video = await engine.render(request());
  const file = await readFile(video.path);
  expect(video).toEqual({
    path: request().outputPath,
    sizeBytes: file.length,
    contentSha256: createHash('sha256').update(file).digest('hex'),
    frames: 30,
  });
  await engine.close();
  expect(await readdir(folder, { recursive: true })).toEqual(['scratch', 'video.mp4']);
  expect(await probeVideo(video.path)).toEqual({
    frames: 30,
    ...VIDEO_FILE_FORMAT,
    durationSeconds: 1,
  });
});

test.for([
  { durationMs: 1_033, frames: 31 },
  { durationMs: 6_000, frames: 180 },
  { durationMs: 10_000, frames: 300 },
])(
  '$durationMs ms are exactly $frames frames, each on its time',
  { timeout: 120_000 },
  async ({ durationMs, frames }) => {
    const { engine, request } = await startTestEngine();
    const progress: number[] = [];
    const video = await engine.render(
      request({
        durationMs,
        onProgress(done, total) {
          expect(total).toBe(frames);
          progress.push(done);
        },
      }),
    );
    expect(video.frames).toBe(frames);
    expect(progress).toEqual(Array.from({ length: frames }, (_, index) => index + 1));

    const { packets, tags, stream } = await probe(video.path);
    const [numerator, denominator] = stream.time_base.split('/').map(Number);
    expect(packets.map(({ pts }) => (pts * (numerator as number) * 30) / (denominator as number))).toEqual(
      Array.from({ length: frames }, (_, index) => index),
    );
    expect(packets.map(({ dts }) => dts)).toEqual(packets.map(({ pts }) => pts));
    const keyframes = packets.flatMap(({ flags }, index) => (flags.startsWith('K') ? [index] : []));
    expect(keyframes).toEqual(Array.from({ length: Math.ceil(frames / 5) }, (_, index) => index * 5));
    expect(Number(stream.duration)).toBeCloseTo(frames / 30, 6);
    expect(tags).toMatchObject({
      video_hash: request({ durationMs }).videoHash,
      renderer_version: RENDERER_VERSION,
    });
  },
);

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
