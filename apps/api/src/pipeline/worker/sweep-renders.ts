import { RENDERER_VERSION } from '@defrag/core';
import { failRender, listSilentRenderJobs } from '@defrag/db';
import type { Services } from '../services.ts';

/** Silence after which a render is looked at: several times the queue's own patience with a dead worker. */
const SILENT_FOR_MS = 3 * 60_000;

/** Most renders of one sweep, the longest silent first. In a longer backlog a forgotten one is found when it has moved up. */
const SWEEP_LIMIT = 100;

/**
 * Brings renders back to life that the queue has forgotten: a job may have waited longer than the queue keeps it, or the
 * queue's tables were restored or emptied. What another renderer version left behind is ended, because this code would
 * render it under a hash that it does not have. A render whose job still waits is left alone.
 */
export async function sweepRenders(services: Services): Promise<void> {
  const { database, queue, logger } = services;
  const silent = await listSilentRenderJobs(database.orm, { silentForMs: SILENT_FOR_MS, limit: SWEEP_LIMIT });
  if (silent.length === 0) return;
  const held = await queue.held(silent.map(({ id }) => id));
  for (const { id: jobId, hash, rendererVersion } of silent) {
    if (rendererVersion !== RENDERER_VERSION) {
      const ended = await failRender(database.orm, {
        jobId,
        hash,
        errorCode: 'RENDER_FAILED',
        errorMessage: 'No worker of its renderer version was there to render it.',
      });
      if (ended) logger.warn({ video_hash: hash, renderer_version: rendererVersion }, 'render given up');
    } else if (!held.has(jobId)) {
      await database.transaction((transaction) => queue.enqueue(transaction, { jobId, videoHash: hash }));
      logger.warn({ video_hash: hash }, 'render queued again: the queue had forgotten it');
    }
  }
}
