import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { objectKey, videoInputs } from '@defrag/core';
import { DEMO_EVENTS } from '@defrag/db';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ffmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';
import { createEmbeddedEngine } from '../../../src/engine/embedded/index.ts';
import { yuv420Bytes } from '../../../src/engine/embedded/rgba-to-yuv420.ts';
import {
  askForVideo,
  begunRenders,
  type LambdaServers,
  lambdaTitle,
  openLambdaServers,
  videoOf,
  WHY_NO_LAMBDA,
} from '../../support/lambda/lambda-server.ts';
import { probeVideo } from '../../support/probe-video.ts';
import { LOG_FOLDER, type ServerProcess } from '../../support/server-process.ts';
import { decodedFrames } from '../support/decoded-frames.ts';
import { peakSignalToNoise } from '../support/peak-signal-to-noise.ts';

/** Below this a difference between two engines would show (dB). */
const FLOOR_DB = 40;
const FRAMES = 180;
const FRAMES_PER_CHUNK = 20;
/** Of demo event 8. */
const EVENT = 8;

describe.skipIf(WHY_NO_LAMBDA !== undefined)(lambdaTitle('six seconds on the emulated Lambda'), () => {
  let servers: LambdaServers;
  let server: ServerProcess;
  let hash: string;
  let bytes: Buffer;

  beforeAll(async () => {
    servers = await openLambdaServers('pipeline');
    server = await servers.start({
      REMOTION_AWS_FRAMES_PER_LAMBDA: String(FRAMES_PER_CHUNK),
    });
    hash = await askForVideo(server, EVENT, { durationMs: 6_000 });
    await vi.waitFor(async () => expect((await videoOf(server, hash)).status).toBe('READY'), {
      timeout: 380_000,
      interval: 200,
    });
    bytes = servers.bed.r2.bucket('videos').get(objectKey(hash)).bytes;
    await writeFile(join(servers.folder, 'lambda.mp4'), bytes);
  }, 400_000);

  afterAll(async () => {
    await server?.stop();
    await servers?.close();
  });

  /** The URL that is handed out, which leads to the bucket. */
  const playedFrom = async () =>
    (await videoOf(server, hash)).url?.replace(servers.relay.url, server.url) ?? '';

  it('go through the whole pipeline in nine chunks, begun once, with a price', async () => {
    const rendered = servers.bed.lambda.invocations.filter(({ routine }) => routine === 'renderer');
    expect(rendered.map(({ chunk }) => chunk).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(begunRenders(servers.bed)).toBe(1);
    const video = await videoOf(server, hash);
    expect(video).toMatchObject({ engine: 'lambda', size_bytes: bytes.length });
    expect(video.content_sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(video.latest_job).toMatchObject({ state: 'SUCCEEDED', tries: 1, frames_done: FRAMES });
    expect(video.latest_job?.cost_usd).toBeGreaterThan(0);
  });

  it('lie in the bucket as every other video does, and nothing beside it', async () => {
    const { objects } = servers.bed.r2.bucket('videos');
    await vi.waitFor(() => expect([...objects.keys()]).toEqual([objectKey(hash)]));
    expect(objects.get(objectKey(hash))?.headers).toMatchObject({
      'content-type': 'video/mp4',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-amz-meta-content-sha256': createHash('sha256').update(bytes).digest('hex'),
    });
    const played = await fetch(await playedFrom());
    expect(Buffer.from(await played.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('may be read pixel by pixel by a page of another origin, such as the admin app beside the bucket', async () => {
    const played = await fetch(await playedFrom(), { headers: { origin: server.url, range: 'bytes=0-0' } });
    expect(played.status).toBe(206);
    expect(played.url).toMatch(servers.bed.r2.endpoint);
    expect(played.headers.get('access-control-allow-origin')).toBe('*');
    await played.body?.cancel();
  });

  it('were told by one signed webhook', async () => {
    await vi.waitFor(() => expect(servers.relay.requests.map(({ status }) => status)).toEqual([200]), 10_000);
  });

  it('let neither scores nor seed nor a secret into a log, or to where others read', async () => {
    const seed = DEMO_EVENTS[EVENT - 1]?.provenanceHash ?? '';
    expect(seed).not.toBe('');
    const functionLog = await readFile(join(LOG_FOLDER, 'lambda-pipeline.log'), 'utf8');
    const output = `${server.lines.join('\n')}${functionLog}`;
    expect(output).not.toMatch(/the-secret-of|the-r2-key|friction_score/);
    expect(output).not.toContain(seed);
    expect(servers.relay.requests.map(({ body }) => body.toString()).join()).not.toContain(seed);
  });

  it('are H.264 as the design wants it, as far as Remotion takes it', async () => {
    expect(await probeVideo(join(servers.folder, 'lambda.mp4'))).toMatchObject({
      frames: FRAMES,
      codec: 'h264',
      width: 1_920,
      height: 1_080,
      pixelFormat: 'yuv420p',
      colorRange: 'tv',
      colorSpace: 'bt709',
      frameRate: '30/1',
      isFaststart: true,
    });
  });

  it('show on every frame what the embedded engine shows, at the seams of the chunks as well', async () => {
    const event = DEMO_EVENTS[EVENT - 1];
    if (event === undefined) throw new Error('there is no such event');
    const inputs = videoInputs({
      frictionScore: event.frictionScore,
      pressureScore: event.pressureScore,
      seed: event.provenanceHash,
      durationMs: 6_000,
    });
    const engine = createEmbeddedEngine({ concurrency: 2 });
    const scratch = join(servers.folder, 'scratch');
    await mkdir(scratch);
    const { path } = await engine.render({
      inputs,
      scratch,
      signal: new AbortController().signal,
      onProgress() {},
    });
    await engine.close();

    const { width, height } = inputs;
    const frameBytes = yuv420Bytes(width, height);
    const others = decodedFrames(ffmpegPaths(), path, frameBytes);
    const luma = width * height;
    const decibels: number[] = [];
    for await (const frame of decodedFrames(ffmpegPaths(), join(servers.folder, 'lambda.mp4'), frameBytes)) {
      const { value: other } = await others.next();
      decibels.push(peakSignalToNoise(frame.subarray(0, luma), (other ?? frame.fill(0)).subarray(0, luma)));
    }
    expect(decibels).toHaveLength(FRAMES);
    expect(Math.min(...decibels)).toBeGreaterThan(FLOOR_DB);
    const atSeams = decibels.filter(
      (_, frame) => frame % FRAMES_PER_CHUNK === 0 || (frame + 1) % FRAMES_PER_CHUNK === 0,
    );
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(atSeams)).toBeGreaterThan(mean(decibels) - 2);
  });
});
