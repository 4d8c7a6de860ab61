import { getEventListeners } from 'node:events';
import { videoInputs } from '@defrag/core';
import { expect, onTestFinished, test } from 'vitest';
import type { Chunk } from '../../../src/engine/embedded/chunk.ts';
import { createEncoderPool } from '../../../src/engine/embedded/encoder-pool.ts';
import { ffmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';

function startPool() {
  const pool = createEncoderPool({
    concurrency: 1,
    workerData: { ffmpeg: ffmpegPaths() },
    stallTimeoutMs: 30_000,
  });
  onTestFinished(() => pool.close());
  return pool;
}

/** One frame, so that it takes no longer than it has to. */
const chunk: Chunk = {
  inputs: videoInputs({ frictionScore: 0, pressureScore: 0, seed: '', durationMs: 1_000 }),
  firstFrame: 0,
  frames: 1,
  framesTotal: 30,
};

test('a finished chunk leaves no listener on the signal, which would hold its bytes in memory', async () => {
  const pool = startPool();
  const { signal } = new AbortController();
  expect((await pool.encode(Symbol('render'), chunk, signal, () => {})).length).toBeGreaterThan(0);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a chunk that still waits is taken out when its signal is aborted, and the others go on', async () => {
  const pool = startPool();
  const aborting = new AbortController();
  const reason = new Error('changed my mind');
  const begun = pool.encode(Symbol('begun'), chunk, new AbortController().signal, () => {});
  const waiting = pool.encode(Symbol('waiting'), chunk, aborting.signal, () => {});
  const waitingToo = pool.encode(Symbol('waiting too'), chunk, new AbortController().signal, () => {});
  aborting.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  const [first, second] = await Promise.all([begun, waitingToo]);
  expect(first).toEqual(second);
});
