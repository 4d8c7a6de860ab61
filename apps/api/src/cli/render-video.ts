import { publicBaseUrlOf } from '../env.ts';
import { AppError } from '../errors.ts';
import { waitForRender, watchProgress } from '../pipeline/requests/follow-render.ts';
import { type RequestedVideo, renderVideo } from '../pipeline/requests/render-video.ts';
import { startWorker, type Worker } from '../pipeline/worker/start-worker.ts';
import { openEngine } from '../process/open-engine.ts';
import { throwIfInterruptedWhileQueued } from './interrupt.ts';
import type { LocalProcess } from './open-local.ts';

/** Called with the number of finished frames and of all frames. */
export type ProgressListener = (framesDone: number, framesTotal: number) => void;

/**
 * Queues the render of a video and waits for it. Meanwhile this process takes renders from the queue, as a server or another
 * worker beside it does: whichever is first renders the video.
 *
 * @throws AppError with the code of the render when it fails; InterruptedError when the signal aborts
 */
export async function renderFromCommandLine(
  { env, dataDir, services }: LocalProcess,
  request: { frictionId: string; durationMs: number; force: boolean },
  onProgress: ProgressListener,
  signal: AbortSignal,
): Promise<RequestedVideo> {
  signal.throwIfAborted();
  const video = await renderVideo(services, {
    frictionId: request.frictionId,
    durationMs: request.durationMs,
    forceRegenerate: request.force,
    waitSeconds: 0,
  });
  const { hash, jobId } = video;
  if (jobId === undefined) return video;
  throwIfInterruptedWhileQueued(signal);
  let worker: Worker | undefined;
  try {
    // Only now: a worker takes any render from the queue, and after a cache hit there is no reason to.
    const engine = await openEngine({ env, dataDir, services, publicBaseUrl: publicBaseUrlOf(env) });
    worker = await startWorker(services, engine, { concurrency: 1, scratchDir: dataDir.scratchDir });
    signal.addEventListener('abort', () => {
      // The user pressed Ctrl-C: do not log the aborted try, unless LOG_LEVEL is set.
      if (env.LOG_LEVEL === undefined) services.logger.level = 'silent';
    });
    for await (const progress of watchProgress(services, hash, signal)) {
      onProgress(progress.frames_done, progress.frames_total);
    }
    // Throws the error of the render if it failed.
    if (!(await waitForRender(services, { jobId, seconds: 1, signal }))) {
      throwIfInterruptedWhileQueued(signal);
      throw new AppError('RENDER_FAILED', 'Another render of this video ended first. Try again.');
    }
    return video;
  } finally {
    await worker?.close();
  }
}
