import { failRender } from '@defrag/db';
import type { RenderEngine } from '../../engine/engine.ts';
import { claimScratchFolder } from '../../files/scratch-folder.ts';
import type { Services } from '../services.ts';
import { repeat } from './repeat.ts';
import { runRenderJob } from './run-render-job.ts';
import { sweepRenders } from './sweep-renders.ts';
import { startHeartbeat } from './worker-heartbeat.ts';

export interface Worker {
  /** Puts running jobs back into the queue, then closes the engine and removes the scratch folder. */
  close(): Promise<void>;
}

const SWEEP_INTERVAL_MS = 60_000;

/**
 * Starts to take jobs from the queue in this process. Close it before the services.
 *
 * @param engine belongs to the worker from now on
 * @param options.concurrency renders at the same time
 * @param options.scratchDir folder for unfinished files, best on the store's file system; made if missing, may be shared
 */
export async function startWorker(
  services: Services,
  engine: RenderEngine,
  options: { concurrency: number; scratchDir: string },
): Promise<Worker> {
  const { database, queue, logger } = services;
  const { concurrency } = options;
  const scratch = await claimScratchFolder(options.scratchDir);
  await queue.work({
    concurrency,
    handler: (renderTry) => runRenderJob(services, engine, renderTry, scratch),
    onDead: async ({ jobId, videoHash }) => {
      const failed = await failRender(database.orm, {
        jobId,
        hash: videoHash,
        errorCode: 'RENDER_WORKER_DIED',
        errorMessage: 'The worker died during the last try.',
      });
      if (failed) {
        logger.error({ video_hash: videoHash, error_code: 'RENDER_WORKER_DIED' }, 'render abandoned');
      }
    },
  });
  const stopHeartbeat = startHeartbeat(services, { engine: engine.name, concurrency });
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
