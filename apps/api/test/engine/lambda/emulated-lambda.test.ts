import { createHash, createHmac } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { objectKey, videoInputs } from '@defrag/core';
import { DEMO_EVENTS } from '@defrag/db';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ffmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';
import { createEmbeddedEngine } from '../../../src/engine/embedded/index.ts';
import { yuv420Bytes } from '../../../src/engine/embedded/rgba-to-yuv420.ts';
import { createApiClient } from '../../support/api-client.ts';
import {
  begunRenders,
  type LambdaServers,
  lambdaTitle,
  openLambdaServers,
  requestVideo,
  videoOf,
  WHY_NO_LAMBDA,
} from '../../support/lambda/lambda-server.ts';
import { WEBHOOK_SECRET } from '../../support/lambda/test-bed.ts';
import { probeVideo } from '../../support/probe-video.ts';
import { LOG_FOLDER, type ServerProcess } from '../../support/server-process.ts';
import { decodedFrames } from '../support/decoded-frames.ts';
import { peakSignalToNoise } from '../support/peak-signal-to-noise.ts';

// All tests share one emulator: starting it, and each worker's first invocation, takes longer than a short render.

/** Two chunks per second of video. */
const FRAMES_PER_CHUNK = 15;
/** PSNR above which the difference between two engines is invisible. */
const FLOOR_DB = 40;

describe.skipIf(WHY_NO_LAMBDA !== undefined)(lambdaTitle('on the emulated Lambda'), () => {
  let servers: LambdaServers;
  let server: ServerProcess;

  const startServer = () =>
    servers.start({ REMOTION_AWS_FRAMES_PER_LAMBDA: String(FRAMES_PER_CHUNK), RENDER_TRIES: '2' });

  beforeAll(async () => {
    servers = await openLambdaServers('emulated');
    server = await startServer();
  });

  afterAll(async () => {
    await server?.stop();
    await servers?.close();
  });

  /** Waits until a video has this status. @returns its latest job */
  async function ended(hash: string, status: 'READY' | 'FAILED' | 'MISSING') {
    return await vi.waitFor(
      async () => {
        const video = await videoOf(server, hash);
        expect(video.status).toBe(status);
        return video.latest_job;
      },
      { timeout: 110_000, interval: 200 },
    );
  }

  /** Counts the renders invoked after this call. */
  function countBegun(): () => number {
    const before = begunRenders(servers.bed);
    return () => begunRenders(servers.bed) - before;
  }

  /** Waits until no invocation runs. */
  async function untilIdle() {
    await vi.waitFor(
      () => expect(servers.bed.lambda.invocations.filter(({ outcome }) => outcome === undefined)).toEqual([]),
      { timeout: 60_000 },
    );
  }

  describe('a video of two seconds', () => {
    const FRAMES = 60;
    const EVENT = 8;
    let hash: string;
    let bytes: Buffer;

    beforeAll(async () => {
      hash = await requestVideo(server, EVENT, { durationMs: 2_000 });
      await ended(hash, 'READY');
      bytes = servers.bed.r2.bucket('videos').get(objectKey(hash)).bytes;
      await writeFile(join(servers.folder, 'lambda.mp4'), bytes);
    });

    const playedFrom = async () =>
      (await videoOf(server, hash)).url?.replace(servers.relay.url, server.url) ?? '';

    it('is rendered in four chunks by one invocation, with its cost', async () => {
      const rendered = servers.bed.lambda.invocations.filter(({ routine }) => routine === 'renderer');
      expect(rendered.map(({ chunk }) => chunk).sort()).toEqual([0, 1, 2, 3]);
      expect(begunRenders(servers.bed)).toBe(1);
      const video = await videoOf(server, hash);
      expect(video).toMatchObject({ engine: 'lambda', size_bytes: bytes.length });
      expect(video.content_sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(video.latest_job).toMatchObject({ state: 'SUCCEEDED', tries: 1, frames_done: FRAMES });
      expect(video.latest_job?.cost_usd).toBeGreaterThan(0);
    });

    it('is the only object in the bucket, with the usual video headers', async () => {
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

    it('can be read by pages of other origins', async () => {
      const played = await fetch(await playedFrom(), { headers: { origin: server.url, range: 'bytes=0-0' } });
      expect(played.status).toBe(206);
      expect(played.url).toMatch(servers.bed.r2.endpoint);
      expect(played.headers.get('access-control-allow-origin')).toBe('*');
      await played.body?.cancel();
    });

    it('triggers one signed webhook', async () => {
      await vi.waitFor(
        () => expect(servers.relay.requests.map(({ status }) => status)).toEqual([200]),
        10_000,
      );
    });

    it('leaves no scores, seed or secrets in logs or webhooks', async () => {
      const seed = DEMO_EVENTS[EVENT - 1]?.provenanceHash ?? '';
      expect(seed).not.toBe('');
      const functionLog = await readFile(join(LOG_FOLDER, 'lambda-emulated.log'), 'utf8');
      const output = `${server.lines.join('\n')}${functionLog}`;
      expect(output).not.toMatch(/the-secret-of|the-r2-key|friction_score/);
      expect(output).not.toContain(seed);
      expect(servers.relay.requests.map(({ body }) => body.toString()).join()).not.toContain(seed);
    });

    it('is H.264 with the expected format', async () => {
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

    it('matches the embedded engine on every frame, including chunk boundaries', async () => {
      const event = DEMO_EVENTS[EVENT - 1];
      if (event === undefined) throw new Error('there is no such event');
      const inputs = videoInputs({
        frictionScore: event.frictionScore,
        pressureScore: event.pressureScore,
        seed: event.provenanceHash,
        durationMs: 2_000,
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
      for await (const frame of decodedFrames(
        ffmpegPaths(),
        join(servers.folder, 'lambda.mp4'),
        frameBytes,
      )) {
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

  it('retries the whole render when the worker rendering a chunk is killed', async () => {
    const { lambda } = servers.bed;
    const begun = countBegun();
    lambda.faults.add('kill', { routine: 'renderer', chunk: 1, times: 1 });
    const job = await ended(await requestVideo(server, 1), 'READY');
    expect(lambda.invocations.filter(({ outcome }) => outcome === 'crashed')).toMatchObject([{ chunk: 1 }]);
    expect(job).toMatchObject({ state: 'SUCCEEDED', tries: 2 });
    expect(begun()).toBe(2);
  });

  it('invokes again within the same try when AWS throttles the start or a chunk', async () => {
    const { lambda } = servers.bed;
    const begun = countBegun();
    lambda.faults.add('throttle', { routine: 'start', times: 2 });
    lambda.faults.add('throttle', { routine: 'renderer', chunk: 1, times: 1 });
    const job = await ended(await requestVideo(server, 2), 'READY');
    expect(lambda.invocations.filter(({ outcome }) => outcome === 'throttled')).toHaveLength(3);
    expect(job).toMatchObject({ state: 'SUCCEEDED', tries: 1 });
    expect(begun()).toBe(2);
    expect(job?.cost_usd).toBeGreaterThan(0);
  });

  it('invokes only once when the response to the invocation is lost', async () => {
    const begun = countBegun();
    servers.bed.lambda.faults.add('lose-answer', { routine: 'start', times: 1 });
    expect(await ended(await requestVideo(server, 11), 'READY')).toMatchObject({
      state: 'SUCCEEDED',
      tries: 1,
    });
    expect(begun()).toBe(1);
  });

  it('a video becomes READY when all webhooks are lost', async () => {
    await untilIdle();
    const begun = countBegun();
    servers.relay.mode = 'lose';
    onTestFinished(() => {
      servers.relay.mode = 'pass';
    });
    const from = servers.relay.requests.length;
    const job = await ended(await requestVideo(server, 3), 'READY');
    expect(job).toMatchObject({ state: 'SUCCEEDED', tries: 1 });
    expect(begun()).toBe(1);
    // The function retries the webhook for a while; the retries must not reach the next test.
    await untilIdle();
    expect(servers.relay.requests.slice(from).map(({ status }) => status)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('a video becomes READY once when the webhook arrives twice', async () => {
    await untilIdle();
    const begun = countBegun();
    servers.relay.mode = 'double';
    onTestFinished(() => {
      servers.relay.mode = 'pass';
    });
    const from = servers.relay.requests.length;
    const job = await ended(await requestVideo(server, 4), 'READY');
    expect(job).toMatchObject({ state: 'SUCCEEDED', tries: 1 });
    await untilIdle();
    expect(servers.relay.requests.slice(from).map(({ status }) => status)).toEqual([200, 200]);
    expect(begun()).toBe(1);
  });

  it('rejects forged webhooks and webhooks for unknown renders', async () => {
    const hash = await requestVideo(server, 5);
    const entry = await server.logEntry((line) => line['video_hash'] === hash && 'lambda_render_id' in line);
    const id = entry['lambda_render_id'];
    const send = async (event: object, sign: (body: string) => string) => {
      const body = JSON.stringify(event);
      const answer = await fetch(`${server.url}/api/v1/webhooks/remotion-lambda`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-remotion-signature': sign(body) },
        body,
      });
      return answer.status;
    };
    const signedWith = (secret: string) => (body: string) =>
      `sha512=${createHmac('sha512', secret).update(body).digest('hex')}`;
    const event = { type: 'error', renderId: 'made-up', customData: { id } };
    expect(await send(event, signedWith('another-secret-0123456789'))).toBe(401);
    expect(await send(event, () => 'NO_SECRET_PROVIDED')).toBe(401);
    expect(await send({ ...event, type: 'success' }, () => signedWith(WEBHOOK_SECRET)('{}'))).toBe(401);
    const unknown = { ...event, customData: { id: crypto.randomUUID() } };
    expect(await send(unknown, signedWith(WEBHOOK_SECRET))).toBe(404);
    expect(await send({ type: 'success' }, signedWith(WEBHOOK_SECRET))).toBe(400);
    expect(await ended(hash, 'READY')).toMatchObject({ state: 'SUCCEEDED', tries: 1 });
  });

  it('a render ends FAILED with STORE_UNAVAILABLE when the bucket rejects the file', async () => {
    const { r2 } = servers.bed;
    r2.faults.add('AccessDenied', { operations: ['PutObject'] });
    onTestFinished(() => r2.faults.mend());
    const hash = await requestVideo(server, 6);
    expect(await ended(hash, 'FAILED')).toMatchObject({
      state: 'FAILED',
      error_code: 'STORE_UNAVAILABLE',
      error_message: expect.stringContaining('R2_BUCKET'),
      tries: 2,
    });
    expect(r2.bucket('videos').objects.has(objectKey(hash))).toBe(false);
  });

  it('renders once when copying the file to its key fails at first', async () => {
    const { r2 } = servers.bed;
    const begun = countBegun();
    r2.faults.add('InternalError', { operations: ['CopyObject'], times: 3 });
    onTestFinished(() => r2.faults.mend());
    expect(await ended(await requestVideo(server, 7), 'READY')).toMatchObject({ tries: 2 });
    expect(begun()).toBe(1);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'renders once when the server ends with %s: the next server waits for the same render',
    { timeout: 180_000 },
    async (signal) => {
      await untilIdle();
      const begun = countBegun();
      const from = servers.bed.lambda.invocations.length;
      const hash = await requestVideo(server, signal === 'SIGTERM' ? 10 : 12);
      await vi.waitFor(
        () =>
          expect(servers.bed.lambda.invocations.slice(from)).toContainEqual(
            expect.objectContaining({ routine: 'renderer', outcome: undefined }),
          ),
        { timeout: 60_000, interval: 50 },
      );
      await server.stop(signal);
      server = await startServer();
      const job = await ended(hash, 'READY');
      expect(job?.state).toBe('SUCCEEDED');
      expect(job?.cost_usd).toBeGreaterThan(0);
      expect(begun()).toBe(1);
    },
  );

  // Keep this test last: a worker whose chunk was cancelled may be slow on its next invocation.
  it('cancelling a render stops it on AWS', async () => {
    const hash = await requestVideo(server, 9, { durationMs: 3_000 });
    await vi.waitFor(
      async () => expect((await videoOf(server, hash)).latest_job?.frames_done).toBeGreaterThan(0),
      {
        timeout: 60_000,
        interval: 200,
      },
    );
    await createApiClient(server).admin.videos.cancel.mutate({ hash });
    expect(await ended(hash, 'MISSING')).toMatchObject({ state: 'CANCELLED' });
    await untilIdle();
    const mine = servers.bed.r2.requests.filter(
      ({ operation, key }) => operation === 'PutObject' && key.includes(hash),
    );
    expect(mine).toEqual([]);
  });
});
