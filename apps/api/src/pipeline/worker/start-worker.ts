import { failRender } from '@defrag/db';
import type { RenderEngine } from '../../engine/engine.ts';
import { claimScratchFolder } from '../../files/scratch-folder.ts';
import type { Services } from '../services.ts';
import { repeat } from './repeat.ts';
import { runRenderJob } from './run-render-job.ts';
import { sweepRenders } from './sweep-renders.ts';
import { startHeartbeat } from './worker-heartbeat.ts';

/** A process's part in the work on the queue. */
export interface Worker {
  /** Ends the work in hand, which goes back to the queue, then closes the engine and removes the scratch folder. */
  close(): Promise<void>;
}

/** Milliseconds between two looks for renders that the queue has forgotten. */
const SWEEP_INTERVAL_MS = 60_000;

/**
 * Begins to take renders from the queue in this process. Close it before the services.
 *
 * @param engine belongs to the worker from here on
 * @param options.concurrency renders at the same time
 * @param options.scratchDir folder for unfinished files, made if missing; other processes may use it too
 */
export async function startWorker(
  services: Services,
  engine: RenderEngine,
  options: { concurrency: number; scratchDir: string },
): Promise<Worker> {
  const { database, queue, logger } = services;
  const scratch = await claimScratchFolder(options.scratchDir);
  await queue.work({
    concurrency: options.concurrency,
    handler: (attempt) => runRenderJob(services, engine, attempt, { scratch }),
    onDead: async ({ jobId, videoHash }) => {
      const failed = await failRender(database.orm, {
        jobId,
        hash: videoHash,
        errorCode: 'RENDER_WORKER_DIED',
        errorMessage: 'The worker died on the last try.',
      });
      if (failed) {
        logger.error({ video_hash: videoHash, error_code: 'RENDER_WORKER_DIED' }, 'render abandoned');
      }
    },
  });
  const stopHeartbeat = startHeartbeat(services, { engine: engine.name, concurrency: options.concurrency });
  const stopSweeping = repeat(SWEEP_INTERVAL_MS, async () => {
    try {
      await sweepRenders(services);
    } catch (error) {
      logger.warn({ err: error }, 'sweep failed');
    }
  });
  return {
    async close() {
      await stopSweeping();
      await queue.stopWork();
      await engine.close();
      await scratch.release();
      await stopHeartbeat();
    },
  };
}
