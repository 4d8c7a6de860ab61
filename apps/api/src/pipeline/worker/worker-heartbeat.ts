import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type EngineName, RENDERER_VERSION } from '@defrag/core';
import { recordWorkerHeartbeat, removeWorker } from '@defrag/db';
import type { Services } from '../services.ts';
import { repeat } from './repeat.ts';

/** This worker's name: host and process id, such as `render-1:4711`. */
export const WORKER_NAME = `${hostname()}:${process.pid}`;

const HEARTBEAT_INTERVAL_MS = 10_000;

/** Seconds of silence after which a worker counts as dead: three missed heartbeats. */
export const WORKER_ALIVE_FOR_SECONDS = 30;

/**
 * Records in the database that this process renders, now and every ten seconds. A failure is only logged.
 *
 * @returns stops it and removes the row
 */
export function startHeartbeat(
  services: Services,
  worker: { engine: EngineName; concurrency: number },
): () => Promise<void> {
  const { orm } = services.database;
  const id = randomUUID();
  const row = {
    ...{ id, name: WORKER_NAME, host: hostname(), pid: process.pid, rendererVersion: RENDERER_VERSION },
    ...worker,
  };
  const orWarn = (error: unknown) => services.logger.warn({ err: error }, 'heartbeat not written');
  const stop = repeat(HEARTBEAT_INTERVAL_MS, () => recordWorkerHeartbeat(orm, row).catch(orWarn));
  return async () => {
    await stop();
    await removeWorker(orm, id).catch(orWarn);
  };
}
