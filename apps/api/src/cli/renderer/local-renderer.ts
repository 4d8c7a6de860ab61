import { join } from 'node:path';
import { objectKey, parseCanonicalInputs, RENDERER_VERSION } from '@defrag/core';
import { findVideo } from '@defrag/db';
import type { RenderEngine } from '../../engine/engine.ts';
import { AppError } from '../../errors.ts';
import { openEngine } from '../../open-services.ts';
import { renderVideo } from '../../pipeline/render-video.ts';
import { waitForRender } from '../../pipeline/wait-for-render.ts';
import { watchProgress } from '../../pipeline/watch-progress.ts';
import { claimScratchFolder } from '../../scratch-folder.ts';
import { startWorker, type Worker } from '../../worker.ts';
import type { LocalProcess } from '../open-local.ts';
import type { Renderer } from './renderer.ts';

/** Runs the pipeline in this process, with a worker of its own for as long as the command lasts. */
export async function createLocalRenderer({ env, dataDir, services }: LocalProcess): Promise<Renderer> {
  const engine = await openEngine(env, dataDir);
  const { scratchDir } = dataDir;
  let worker: Worker | undefined;

  return {
    async render(request, onProgress, signal) {
      worker = await startWorker(services, engine, { concurrency: 1, scratchDir });
      const { hash, url, cacheHit, status, jobId } = await renderVideo(services, {
        frictionId: request.frictionId,
        durationMs: request.durationMs,
        forceRegenerate: request.force,
        waitSeconds: 0,
      });
      if (status === 'READY' || jobId === undefined) return { hash, url, cacheHit };
      for await (const progress of watchProgress(services, hash, signal)) {
        onProgress(progress.frames_done, progress.frames_total);
      }
      // Throws what the render ended with unless it is READY.
      if (!(await waitForRender(services, { jobId, seconds: 1, signal }))) {
        throw new AppError('RENDER_CANCELLED', 'Interrupted; the render stays in the queue.');
      }
      return { hash, url, cacheHit };
    },

    async verify(hash, onProgress, signal) {
      const video = await findVideo(services.database.orm, hash);
      if (video === undefined) throw new AppError('VIDEO_NOT_FOUND', `There is no video ${hash}.`);
      const { canonical, details } = video;
      if (canonical === null || details?.contentSha256 == null) {
        throw new AppError(
          'CONFLICT',
          `The video ${hash} was never finished; there is nothing to compare with.`,
        );
      }
      if (details.rendererVersion !== RENDERER_VERSION || details.engine !== engine.name) {
        throw new AppError(
          'CONFLICT',
          `The video ${hash} was made by ${details.engine}, ${details.rendererVersion}; this is ${engine.name}, ${RENDERER_VERSION}.`,
        );
      }
      const renderedSha256 = await renderAgain(engine, { hash, canonical, scratchDir }, onProgress, signal);
      return { storedSha256: details.contentSha256, renderedSha256 };
    },

    read: (video) => services.store.read(objectKey(video.hash)),

    async close() {
      await services.close();
      await (worker ?? engine).close();
    },
  };
}

async function renderAgain(
  engine: RenderEngine,
  video: { hash: string; canonical: string; scratchDir: string },
  onProgress: (framesDone: number, framesTotal: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const scratch = await claimScratchFolder(video.scratchDir);
  try {
    const rendered = await scratch.withFolder((folder) =>
      engine.render({
        inputs: parseCanonicalInputs(video.canonical),
        videoHash: video.hash,
        outputPath: join(folder, `${video.hash}.mp4`),
        signal,
        onProgress,
      }),
    );
    return rendered.contentSha256;
  } finally {
    await scratch.release();
  }
}
