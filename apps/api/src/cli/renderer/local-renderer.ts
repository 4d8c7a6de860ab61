import { objectKey } from '@defrag/core';
import { findVideo } from '@defrag/db';
import { publicBaseUrlOf } from '../../env.ts';
import { AppError } from '../../errors.ts';
import { waitForRender, watchProgress } from '../../pipeline/requests/follow-render.ts';
import { renderVideo } from '../../pipeline/requests/render-video.ts';
import { startWorker, type Worker } from '../../pipeline/worker/start-worker.ts';
import { openEngine } from '../../process/open-engine.ts';
import { throwIfInterruptedWhileQueued } from '../interrupt.ts';
import type { LocalProcess } from '../open-local.ts';
import { renderAgain } from './render-again.ts';
import type { Renderer } from './renderer.ts';

/** Runs the pipeline in this process, with a worker of its own while there is something to render. */
export function createLocalRenderer({ env, dataDir, services }: LocalProcess): Renderer {
  let worker: Worker | undefined;

  return {
    async render(request, onProgress, signal) {
      signal.throwIfAborted();
      const { hash, url, cacheHit, status, jobId } = await renderVideo(services, {
        frictionId: request.frictionId,
        durationMs: request.durationMs,
        forceRegenerate: request.force,
        waitSeconds: 0,
      });
      if (status === 'READY' || jobId === undefined) return { hash, url, cacheHit };
      throwIfInterruptedWhileQueued(signal);
      // Not sooner: a worker takes whatever is in the queue, and for a cache hit there is no reason to.
      const engine = await openEngine({ env, dataDir, services, publicBaseUrl: publicBaseUrlOf(env) });
      worker = await startWorker(services, engine, {
        concurrency: 1,
        scratchDir: dataDir.scratchDir,
      });
      // What an interrupt does to the try in hand is no news to who pressed the key, unless they asked for a log.
      signal.addEventListener('abort', () => {
        if (env.LOG_LEVEL === undefined) services.logger.level = 'silent';
      });
      for await (const progress of watchProgress(services, hash, signal)) {
        onProgress(progress.frames_done, progress.frames_total);
      }
      // Throws what the render ended with unless it is READY.
      if (!(await waitForRender(services, { jobId, seconds: 1, signal }))) {
        throwIfInterruptedWhileQueued(signal);
        throw new AppError('RENDER_FAILED', 'Another render of this video ended first. Try again.');
      }
      return { hash, url, cacheHit };
    },

    async verify(hash, onProgress, signal) {
      signal.throwIfAborted();
      const video = await findVideo(services.database.orm, hash);
      if (video === undefined) throw new AppError('VIDEO_NOT_FOUND', `There is no video ${hash}.`);
      const { canonical: canonicalInputs, details } = video;
      const stored = {
        hash,
        canonicalInputs,
        contentSha256: details?.contentSha256 ?? null,
        engine: details?.engine ?? null,
        rendererVersion: details?.rendererVersion ?? null,
      };
      return await renderAgain(stored, { env, dataDir }, onProgress, signal);
    },

    read: (video) => services.store.read(objectKey(video.hash)),

    async close() {
      await worker?.close();
      await services.close();
    },
  };
}
