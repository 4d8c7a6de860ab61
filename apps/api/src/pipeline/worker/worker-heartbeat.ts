import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type EngineName, RENDERER_VERSION } from '@defrag/core';
import { recordWorkerHeartbeat, removeWorker } from '@defrag/db';
import type { Services } from '../services.ts';
import { repeat } from './repeat.ts';
import { WORKER_NAME } from './worker-name.ts';

/** Milliseconds between two signs of life. */
const HEARTBEAT_INTERVAL_MS = 10_000;

/** Seconds of silence after which a worker counts as dead: three signs of life that did not come. */
export const WORKER_ALIVE_FOR_SECONDS = 30;

/**
 * Lets the database know that this process renders, now and every ten seconds. A failure is logged and does not disturb the
 * renders.
 *
 * @returns ends it and takes the row away
 */
export function startHeartbeat(
  services: Services,
  worker: { engine: EngineName; concurrency: number },
): () => Promise<void> {
  const { orm } = services.database;
  const id = randomUUID();
  const facts = {
    id,
    name: WORKER_NAME,
    host: hostname(),
    pid: process.pid,
    rendererVersion: RENDERER_VERSION,
  };
  const orWarn = async (use: () => Promise<void>) => {
    try {
      await use();
    } catch (error) {
      services.logger.warn({ err: error }, 'heartbeat not written');
    }
  };
  const stop = repeat(HEARTBEAT_INTERVAL_MS, () =>
    orWarn(() => recordWorkerHeartbeat(orm, { ...facts, ...worker })),
  );
  return async () => {
    await stop();
    await orWarn(() => removeWorker(orm, id));
  };
}
