import { mkdir } from 'node:fs/promises';
import { failRender } from '@defrag/db';
import type { RenderEngine } from './engine/engine.ts';
import { runRenderJob } from './pipeline/run-render-job.ts';
import type { Services } from './pipeline/services.ts';

/**
 * Begins to take renders from the queue in this process. Ends with `services.queue.close()`.
 *
 * @param options.concurrency renders at the same time
 * @param options.scratchDir folder for unfinished files; created if missing
 */
export async function startWorker(
  services: Services,
  engine: RenderEngine,
  options: { concurrency: number; scratchDir: string },
): Promise<void> {
  await mkdir(options.scratchDir, { recursive: true });
  await services.queue.work({
    concurrency: options.concurrency,
    handler: (attempt) => runRenderJob(services, engine, attempt, { scratchDir: options.scratchDir }),
    onDead: async ({ jobId, videoHash }) => {
      await services.database.transaction((transaction) =>
        failRender(transaction, {
          jobId,
          hash: videoHash,
          errorCode: 'RENDER_WORKER_DIED',
          errorMessage: 'The worker died on the last try.',
        }),
      );
      services.logger.error({ video_hash: videoHash, error_code: 'RENDER_WORKER_DIED' }, 'render abandoned');
    },
  });
}
