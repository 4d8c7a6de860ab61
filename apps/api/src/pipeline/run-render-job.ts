import { hostname } from 'node:os';
import { durationInFrames } from '@defrag/core';
import {
  cancelRender,
  failRender,
  findRenderJob,
  type RenderJob,
  retryRender,
  startRender,
} from '@defrag/db';
import type { RenderEngine } from '../engine/engine.ts';
import { AppError } from '../errors.ts';
import type { RenderTry, RenderTryOutcome } from '../queue/render-queue.ts';
import type { ScratchFolder } from '../scratch-folder.ts';
import { logRender } from './log-render.ts';
import { startProgressWriter } from './progress-writer.ts';
import { loadInputs, renderAndStore } from './render-and-store.ts';
import type { Services } from './services.ts';

/**
 * One try of one render, in a worker: begins it, runs steps 5 and 6 of the pipeline, and writes down how it ended.
 *
 * @param options.scratch where the file lies until it is stored; nothing is left there
 * @returns `again` when the queue should offer the job once more; it never rejects for a failed render
 */
export async function runRenderJob(
  services: Services,
  engine: RenderEngine,
  attempt: RenderTry,
  options: { scratch: ScratchFolder },
): Promise<RenderTryOutcome> {
  const { jobId, videoHash: hash } = attempt.payload;
  const job = await findRenderJob(services.database.orm, jobId);
  // Ended by an earlier delivery, cancelled, or deleted: nothing is left to do.
  if (job === undefined || (job.state !== 'QUEUED' && job.state !== 'RENDERING')) return 'done';

  const startedAt = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  const entry = { videoHash: hash, frictionId: job.frictionId, cacheHit: false, engine: engine.name };
  const cancel = new AbortController();
  const progress = startProgressWriter(services, {
    jobId,
    onCancelRequested: () => cancel.abort(),
    onError: (error) => services.logger.warn({ video_hash: hash, err: error }, 'progress not written'),
  });
  try {
    const inputs = await loadInputs(services, hash);
    const started = await startRender(services.database.orm, {
      jobId,
      engine: engine.name,
      worker: `${hostname()}:${process.pid}`,
      framesTotal: durationInFrames(inputs.durationMs, inputs.fps),
      try: attempt.tryNumber,
    });
    if (!started) return await endCancelled(services, attempt);
    const completed = await options.scratch.withFolder((folder) =>
      renderAndStore(services, engine, {
        payload: attempt.payload,
        inputs,
        folder,
        signal: AbortSignal.any([attempt.signal, cancel.signal]),
        onProgress: progress.report,
        elapsedMs,
      }),
    );
    const status = completed ? 'READY' : 'DISCARDED';
    logRender(services.logger, { ...entry, renderDurationMs: elapsedMs(), status });
    return 'done';
  } catch (error) {
    const failure = { attempt, job, cancelled: cancel.signal.aborted, error };
    return await endFailedTry(services, failure, (status, errorCode) =>
      logRender(services.logger, { ...entry, renderDurationMs: elapsedMs(), status, errorCode }, error),
    );
  } finally {
    await progress.stop();
  }
}

async function endCancelled(services: Services, attempt: RenderTry): Promise<RenderTryOutcome> {
  const { jobId, videoHash: hash } = attempt.payload;
  await cancelRender(services.database.orm, { jobId, hash });
  return 'done';
}

async function endFailedTry(
  services: Services,
  failure: { attempt: RenderTry; job: RenderJob; cancelled: boolean; error: unknown },
  log: (status: 'FAILED' | 'CANCELLED' | 'RETRYING', errorCode: string) => void,
): Promise<RenderTryOutcome> {
  const { attempt, cancelled, error } = failure;
  const { jobId, videoHash: hash } = attempt.payload;
  const { orm } = services.database;
  const known = asRenderError(error, attempt.signal);
  const { code: errorCode, message: errorMessage } = known;
  if (cancelled) {
    log('CANCELLED', 'RENDER_CANCELLED');
    return await endCancelled(services, attempt);
  }
  if (known.retryable && !attempt.isLastTry) {
    // False when somebody asked to cancel it between two looks.
    if (!(await retryRender(orm, { jobId, errorCode, errorMessage }))) {
      log('CANCELLED', 'RENDER_CANCELLED');
      return await endCancelled(services, attempt);
    }
    log('RETRYING', errorCode);
    return 'again';
  }
  await failRender(orm, { jobId, hash, errorCode, errorMessage });
  log('FAILED', errorCode);
  return 'failed';
}

/** Aborted without a cancel request means that the process stops or the try ran out of time; both deserve another try. */
function asRenderError(error: unknown, signal: AbortSignal): AppError {
  if (signal.aborted) {
    return new AppError('RENDER_TIMED_OUT', 'The render was interrupted before it was finished.', {
      cause: error,
    });
  }
  if (error instanceof AppError) return error;
  return new AppError('RENDER_FAILED', 'The render failed.', { cause: error });
}
