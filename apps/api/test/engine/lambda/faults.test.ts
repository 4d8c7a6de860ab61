import { createHmac } from 'node:crypto';
import { objectKey } from '@defrag/core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createApiClient } from '../../support/api-client.ts';
import {
  askForVideo,
  begunRenders,
  type LambdaServers,
  lambdaTitle,
  openLambdaServers,
  videoOf,
  WHY_NO_LAMBDA,
} from '../../support/lambda/lambda-server.ts';
import { WEBHOOK_SECRET } from '../../support/lambda/test-bed.ts';
import type { ServerProcess } from '../../support/server-process.ts';

/** Three chunks of a second. */
const FRAMES_PER_CHUNK = 10;

describe.skipIf(WHY_NO_LAMBDA !== undefined)(lambdaTitle('a render on the emulated Lambda'), () => {
  let servers: LambdaServers;
  let server: ServerProcess;

  beforeAll(async () => {
    servers = await openLambdaServers('faults');
    server = await servers.start({
      REMOTION_AWS_FRAMES_PER_LAMBDA: String(FRAMES_PER_CHUNK),
      RENDER_TRIES: '2',
    });
  });

  afterAll(async () => {
    await server?.stop();
    await servers?.close();
  });

  /** Waits until a video has the status, and gives its last render. */
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

  /** Counts the renders that are begun from here on. */
  function countBegun(): () => number {
    const before = begunRenders(servers.bed);
    return () => begunRenders(servers.bed) - before;
  }

  /** Waits until no invocation runs any more. */
  async function untilIdle() {
    await vi.waitFor(
      () => expect(servers.bed.lambda.invocations.filter(({ outcome }) => outcome === undefined)).toEqual([]),
      { timeout: 60_000 },
    );
  }

  it('is tried again as a whole when the worker of a chunk is killed, and becomes READY', async () => {
    const { lambda } = servers.bed;
    const begun = countBegun();
    lambda.faults.add('kill', { routine: 'renderer', chunk: 1, times: 1 });
    const job = await ended(await askForVideo(server, 1), 'READY');
    expect(lambda.invocations.filter(({ outcome }) => outcome === 'crashed')).toMatchObject([{ chunk: 1 }]);
    expect(job).toMatchObject({ state: 'SUCCEEDED', tries: 2 });
    expect(begun()).toBe(2);
  });

  it('waits and asks again when AWS throttles its beginning or one of its chunks, without another try', async () => {
    const { lambda } = servers.bed;
    const begun = countBegun();
    lambda.faults.add('throttle', { routine: 'start', times: 2 });
    lambda.faults.add('throttle', { routine: 'renderer', chunk: 2, times: 1 });
    const job = await ended(await askForVideo(server, 2), 'READY');
    expect(lambda.invocations.filter(({ outcome }) => outcome === 'throttled')).toHaveLength(3);
    expect(job).toMatchObject({ state: 'SUCCEEDED', tries: 1 });
    expect(begun()).toBe(2);
    expect(job?.cost_usd).toBeGreaterThan(0);
  });

  it('is not begun again when the answer to its beginning is lost', async () => {
    const begun = countBegun();
    servers.bed.lambda.faults.add('lose-answer', { routine: 'start', times: 1 });
    expect(await ended(await askForVideo(server, 11), 'READY')).toMatchObject({
      state: 'SUCCEEDED',
      tries: 1,
    });
    expect(begun()).toBe(1);
  });

  it('becomes READY when every webhook of it is lost', async () => {
    await untilIdle();
    const begun = countBegun();
    servers.relay.mode = 'lose';
    onTestFinished(() => {
      servers.relay.mode = 'pass';
    });
    const from = servers.relay.requests.length;
    const job = await ended(await askForVideo(server, 3), 'READY');
    expect(job).toMatchObject({ state: 'SUCCEEDED', tries: 1 });
    expect(begun()).toBe(1);
    // The function tries again for a while; none of that may reach the test that follows.
    await untilIdle();
    expect(servers.relay.requests.slice(from).map(({ status }) => status)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('becomes READY once when its webhook comes twice', async () => {
    await untilIdle();
    const begun = countBegun();
    servers.relay.mode = 'double';
    onTestFinished(() => {
      servers.relay.mode = 'pass';
    });
    const from = servers.relay.requests.length;
    const job = await ended(await askForVideo(server, 4), 'READY');
    expect(job).toMatchObject({ state: 'SUCCEEDED', tries: 1 });
    await untilIdle();
    expect(servers.relay.requests.slice(from).map(({ status }) => status)).toEqual([200, 200]);
    expect(begun()).toBe(1);
  });

  it('hears no forged webhook, and none of a render that is not there', async () => {
    const hash = await askForVideo(server, 5);
    const entry = await server.logEntry((line) => line['video_hash'] === hash && 'lambda_render_id' in line);
    const id = entry['lambda_render_id'];
    const send = async (news: object, sign: (body: string) => string) => {
      const body = JSON.stringify(news);
      const answer = await fetch(`${server.url}/api/v1/webhooks/remotion-lambda`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-remotion-signature': sign(body) },
        body,
      });
      return answer.status;
    };
    const signedWith = (secret: string) => (body: string) =>
      `sha512=${createHmac('sha512', secret).update(body).digest('hex')}`;
    const news = { type: 'error', renderId: 'made-up', customData: { id } };
    expect(await send(news, signedWith('another-secret-0123456789'))).toBe(401);
    expect(await send(news, () => 'NO_SECRET_PROVIDED')).toBe(401);
    expect(await send({ ...news, type: 'success' }, () => signedWith(WEBHOOK_SECRET)('{}'))).toBe(401);
    const nobody = { ...news, customData: { id: crypto.randomUUID() } };
    expect(await send(nobody, signedWith(WEBHOOK_SECRET))).toBe(404);
    expect(await send({ type: 'success' }, signedWith(WEBHOOK_SECRET))).toBe(400);
    expect(await ended(hash, 'READY')).toMatchObject({ state: 'SUCCEEDED', tries: 1 });
  });

  it('ends FAILED with the code of the store when the bucket takes no file', async () => {
    const { r2 } = servers.bed;
    r2.faults.add('AccessDenied', { operations: ['PutObject'] });
    onTestFinished(() => r2.faults.mend());
    const hash = await askForVideo(server, 6);
    expect(await ended(hash, 'FAILED')).toMatchObject({
      state: 'FAILED',
      error_code: 'STORE_UNAVAILABLE',
      error_message: expect.stringContaining('R2_BUCKET'),
      tries: 2,
    });
    expect(r2.bucket('videos').objects.has(objectKey(hash))).toBe(false);
  });

  it('is not paid for again when its file cannot be brought to its place at first', async () => {
    const { r2 } = servers.bed;
    const begun = countBegun();
    r2.faults.add('InternalError', { operations: ['CopyObject'], times: 3 });
    onTestFinished(() => r2.faults.mend());
    expect(await ended(await askForVideo(server, 7), 'READY')).toMatchObject({ tries: 2 });
    expect(begun()).toBe(1);
  });

  it('goes on while its server is stopped, and is taken up by the next one without being begun again', async () => {
    const begun = countBegun();
    const hash = await askForVideo(server, 10, { durationMs: 2_000 });
    await vi.waitFor(
      async () => expect((await videoOf(server, hash)).latest_job?.frames_done).toBeGreaterThan(0),
      {
        timeout: 60_000,
        interval: 100,
      },
    );
    await server.stop();
    server = await servers.start({
      REMOTION_AWS_FRAMES_PER_LAMBDA: String(FRAMES_PER_CHUNK),
    });
    expect(await ended(hash, 'READY')).toMatchObject({ state: 'SUCCEEDED', tries: 1 });
    expect(begun()).toBe(1);
  });

  // The last one: a warm worker in which a chunk was cancelled in the middle may take long over what it is given next.
  it('ends on AWS too when it is cancelled', async () => {
    const hash = await askForVideo(server, 9, { durationMs: 3_000 });
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
