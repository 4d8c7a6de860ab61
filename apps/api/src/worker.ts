import { failRender } from '@defrag/db';
import type { RenderEngine } from './engine/engine.ts';
import { runRenderJob } from './pipeline/run-render-job.ts';
import type { Services } from './pipeline/services.ts';
import { claimScratchFolder } from './scratch-folder.ts';

/** A process's part in the work on the queue. */
export interface Worker {
  /** Closes its engine and removes its scratch folder. To be called after the queue was closed, which is what ends the work. */
  close(): Promise<void>;
}

/**
 * Begins to take renders from the queue in this process. Ends when the queue is closed.
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
  const scratch = await claimScratchFolder(options.scratchDir);
  await services.queue.work({
    concurrency: options.concurrency,
    handler: (attempt) => runRenderJob(services, engine, attempt, { scratch }),
    onDead: async ({ jobId, videoHash }) => {
      await failRender(services.database.orm, {
        jobId,
        hash: videoHash,
        errorCode: 'RENDER_WORKER_DIED',
        errorMessage: 'The worker died on the last try.',
      });
      services.logger.error({ video_hash: videoHash, error_code: 'RENDER_WORKER_DIED' }, 'render abandoned');
    },
  });
  return {
    async close() {
      await engine.close();
      await scratch.release();
    },
  };
}
