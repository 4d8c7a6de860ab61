import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  askForVideo,
  begunRenders,
  type LambdaServers,
  lambdaTitle,
  openLambdaServers,
  videoOf,
  WHY_NO_LAMBDA,
} from '../../support/lambda/lambda-server.ts';
import type { ServerProcess } from '../../support/server-process.ts';

/** Seconds that the function may take here: a chunk that hangs is waited for as long. */
const TIMEOUT_SECONDS = 40;

describe.skipIf(WHY_NO_LAMBDA !== undefined)(lambdaTitle('what dies or hangs on the emulated Lambda'), () => {
  let servers: LambdaServers;
  let server: ServerProcess;
  const env = { REMOTION_AWS_FRAMES_PER_LAMBDA: '10', RENDER_TRIES: '2', WORKER_CONCURRENCY: '2' };

  beforeAll(async () => {
    servers = await openLambdaServers('deaths', { timeoutSeconds: TIMEOUT_SECONDS, concurrency: 5 });
    server = await servers.start(env);
  });

  afterAll(async () => {
    await server?.stop('SIGKILL');
    await servers?.close();
  });

  const jobOf = async (hash: string) => (await videoOf(server, hash)).latest_job;
  const untilReady = (hash: string) =>
    vi.waitFor(async () => expect((await videoOf(server, hash)).status).toBe('READY'), {
      timeout: 170_000,
      interval: 300,
    });

  it('a server that is killed in the middle: the next one waits for the same render, and pays for no other', {
    timeout: 180_000,
  }, async () => {
    const hash = await askForVideo(server, 1, { durationMs: 2_000 });
    await vi.waitFor(async () => expect((await jobOf(hash))?.frames_done).toBeGreaterThan(0), {
      timeout: 60_000,
      interval: 100,
    });
    await server.stop('SIGKILL');
    server = await servers.start(env);
    await untilReady(hash);
    expect(begunRenders(servers.bed)).toBe(1);
    expect((await jobOf(hash))?.cost_usd).toBeGreaterThan(0);
  });

  it('a chunk that hangs: the render is given up in time, tried again, and becomes READY', {
    timeout: 180_000,
  }, async () => {
    const before = begunRenders(servers.bed);
    servers.bed.lambda.faults.add('hang', { routine: 'renderer', chunk: 1, times: 1 });
    const hash = await askForVideo(server, 2);
    await vi.waitFor(async () => expect((await jobOf(hash))?.error_code).toBe('RENDER_TIMED_OUT'), {
      timeout: 90_000,
      interval: 200,
    });
    await untilReady(hash);
    expect((await jobOf(hash))?.tries).toBe(2);
    expect(begunRenders(servers.bed) - before).toBe(2);
  });
});
