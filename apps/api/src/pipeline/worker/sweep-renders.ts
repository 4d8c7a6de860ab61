import { RENDERER_VERSION } from '@defrag/core';
import { failRender, listSilentRenderJobs } from '@defrag/db';
import type { Services } from '../services.ts';

/** Milliseconds of silence after which a job is looked at: several times what the queue allows a dead worker. */
const SILENT_FOR_MS = 3 * 60_000;

/** Most jobs of one sweep, the longest silent first. The next sweeps reach the others. */
const SWEEP_LIMIT = 100;

/**
 * Queues active jobs again that the queue has lost: because they waited longer than it keeps jobs, or because its tables were
 * restored or emptied. Fails jobs of another renderer version, because this code would render them under a wrong hash.
 */
export async function sweepRenders(services: Services): Promise<void> {
  const { database, queue, logger } = services;
  const silent = await listSilentRenderJobs(database.orm, { silentForMs: SILENT_FOR_MS, limit: SWEEP_LIMIT });
  if (silent.length === 0) return;
  const held = await queue.held(silent.map(({ id }) => id));
  for (const { id: jobId, hash, rendererVersion } of silent) {
    if (rendererVersion !== RENDERER_VERSION) {
      const failed = await failRender(database.orm, {
        jobId,
        hash,
        errorCode: 'RENDER_FAILED',
        errorMessage: `There is no worker of renderer version ${rendererVersion}.`,
      });
      if (failed) logger.warn({ video_hash: hash, renderer_version: rendererVersion }, 'render given up');
    } else if (!held.has(jobId)) {
      await database.transaction((transaction) => queue.enqueue(transaction, { jobId, videoHash: hash }));
      logger.warn({ video_hash: hash }, 'job was lost from the queue and is queued again');
    }
  }
}
