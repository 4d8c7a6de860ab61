import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createEmbeddedEngine } from '../../../src/engine/embedded/index.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { interrupted, isRunning } from '../support/interrupted.ts';
import { testRequest } from '../support/test-requests.ts';

/** One engine for all failures, so that each test also shows that the engine survived the previous one. */
const engine = createEmbeddedEngine({ concurrency: 2 });
const { workers } = engine;
afterAll(() => engine.close());

/** Long enough that both threads are rendering when it is interrupted. */
const longRequest = (signal?: AbortSignal) =>
  testRequest({ durationMs: 10_000, ...(signal ? { signal } : {}) });

test('cancelling ends a render and its FFmpeg processes within two seconds, and keeps the threads', async () => {
  const cancelling = new AbortController();
  const threads = [...workers.threads];
  let cancelledAt = Number.NaN;
  let pids: readonly number[] = [];
  const request = interrupted(longRequest(cancelling.signal), 20, () => {
    pids = workers.encoderPids;
    cancelledAt = performance.now();
    cancelling.abort();
  });
  await expect(engine.render(request)).rejects.toMatchObject({
    code: 'RENDER_CANCELLED',
    message: 'The render was cancelled.',
  });
  expect(performance.now() - cancelledAt).toBeLessThan(2_000);
  expect(pids.length).toBeGreaterThan(0);
  expect(pids.filter(isRunning)).toEqual([]);
  expect(workers.threads).toEqual(threads);
});

test('starts nothing when the signal is already aborted', async () => {
  const request = testRequest({ signal: AbortSignal.abort() });
  await expect(engine.render(request)).rejects.toMatchObject({ code: 'RENDER_CANCELLED', retryable: false });
  expect(workers.encoderPids).toEqual([]);
  expect(await readdir(request.scratch)).toEqual([]);
});

test('ends with RENDER_TIMED_OUT when the signal is a timeout', async () => {
  await expect(engine.render(longRequest(AbortSignal.timeout(300)))).rejects.toMatchObject({
    code: 'RENDER_TIMED_OUT',
    retryable: true,
  });
});

test('fails only the render of a dead thread, with RENDER_WORKER_DIED, and replaces the thread', async () => {
  // The surviving render has one chunk and starts first, so it gets the first thread and the other render the second.
  const victim = workers.threads[1];
  const survivor = engine.render(testRequest());
  const request = interrupted(longRequest(), 5, () => void victim?.terminate());
  await expect(engine.render(request)).rejects.toMatchObject({ code: 'RENDER_WORKER_DIED', retryable: true });
  expect(await survivor).toMatchObject({ frames: 30 });
  expect(workers.threads).toHaveLength(2);
  expect(workers.threads).not.toContain(victim);
});

test('ends with RENDER_ENCODER_FAILED when FFmpeg is killed', async () => {
  const request = interrupted(longRequest(), 10, () => {
    process.kill(workers.encoderPids[0] as number, 'SIGKILL');
  });
  await expect(engine.render(request)).rejects.toMatchObject({
    code: 'RENDER_ENCODER_FAILED',
    message: 'FFmpeg was ended by SIGKILL.',
    retryable: true,
  });
});

test('ends with RENDER_OUT_OF_SPACE when the scratch disk is full', async ({ skip }) => {
  const scratch = join(await temporaryFolder(), 'small');
  skip(!(await mountSmallDisk(scratch, 64)), 'mounting a small disk requires Linux and root');
  await expect(engine.render(testRequest({ scratch }))).rejects.toMatchObject({
    code: 'RENDER_OUT_OF_SPACE',
    retryable: true,
  });
});

test('ends with RENDER_FAILED and the cause when the progress listener throws', async () => {
  const cause = new Error('the listener failed');
  const request = interrupted(longRequest(), 5, () => {
    throw cause;
  });
  await expect(engine.render(request)).rejects.toMatchObject({ code: 'RENDER_FAILED', cause });
});

test('renders a video after all the failures above', async () => {
  expect(await engine.render(testRequest())).toMatchObject({ frames: 30 });
  expect(workers.threads).toHaveLength(2);
});

test('ends with RENDER_TIMED_OUT when FFmpeg is suspended, and drops that FFmpeg process', async ({
  skip,
}) => {
  skip(process.platform === 'win32', 'Windows cannot suspend a process');
  const impatient = createEmbeddedEngine({ concurrency: 1, stallTimeoutMs: 3_000 });
  let stopped = 0;
  const request = interrupted(testRequest(), 10, () => {
    stopped = impatient.workers.encoderPids[0] as number;
    process.kill(stopped, 'SIGSTOP');
  });
  await expect(impatient.render(request)).rejects.toMatchObject({ code: 'RENDER_TIMED_OUT' });
  expect(impatient.workers.encoderPids).not.toContain(stopped);
  await impatient.close();
});

test('close ends running and later renders with RENDER_CANCELLED, leaves no FFmpeg, and can be called twice', async () => {
  const closing = createEmbeddedEngine({ concurrency: 2 });
  let pids: readonly number[] = [];
  let closed: Promise<void> | undefined;
  const render = closing.render(
    interrupted(longRequest(), 20, () => {
      pids = closing.workers.encoderPids;
      closed = closing.close();
    }),
  );
  const cancelled = { code: 'RENDER_CANCELLED', message: 'The engine was closed.' };
  await expect(render).rejects.toMatchObject(cancelled);
  await closed;
  await closing.close();
  expect(pids.length).toBeGreaterThan(0);
  expect(pids.filter(isRunning)).toEqual([]);
  expect(closing.workers.threads).toEqual([]);
  await expect(closing.render(testRequest())).rejects.toMatchObject(cancelled);
});
