import { durationInFrames } from '@defrag/core';
import { cancelRender, failRender, findRenderJob, releaseRender, retryRender, startRender } from '@defrag/db';
import { type RenderEngine, RenderPostponedError } from '../../engine/engine.ts';
import { AppError } from '../../errors.ts';
import type { ScratchFolder } from '../../files/scratch-folder.ts';
import type { RenderTry, RenderTryOutcome } from '../../queue/render-queue.ts';
import { logRender, type RenderLogEntry } from '../log-render.ts';
import type { Services } from '../services.ts';
import { startProgressWriter } from './progress-writer.ts';
import { loadInputs, renderAndStore } from './render-and-store.ts';
import { WORKER_NAME } from './worker-name.ts';

/** How a try ended, for the log and the queue. */
interface TryEnd {
  readonly status: RenderLogEntry['status'];
  readonly outcome: RenderTryOutcome;
  readonly error?: AppError;
}

/**
 * One try of one render, in a worker: begins it, runs steps 5 and 6 of the pipeline, and writes down how it ended.
 *
 * @param options.scratch where the file lies until it is stored; nothing is left there
 * @returns `again` when the queue should offer the job for its next try; it never rejects for a failed render
 */
export async function runRenderJob(
  services: Services,
  engine: RenderEngine,
  attempt: RenderTry,
  options: { scratch: ScratchFolder },
): Promise<RenderTryOutcome> {
  const { jobId, videoHash } = attempt.payload;
  const job = await findRenderJob(services.database.orm, jobId);
  // Ended by an earlier delivery, cancelled, or deleted: nothing is left to do.
  if (job === undefined || (job.state !== 'QUEUED' && job.state !== 'RENDERING')) return 'ended';

  const startedAt = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  const end = await runTry(services, engine, { attempt, scratch: options.scratch, elapsedMs });
  logRender(
    services.logger,
    {
      videoHash,
      frictionId: job.frictionId,
      cacheHit: false,
      renderDurationMs: elapsedMs(),
      engine: engine.name,
      status: end.status,
      ...(end.error === undefined ? {} : { errorCode: end.error.code }),
    },
    end.error,
  );
  return end.outcome;
}

async function runTry(
  services: Services,
  engine: RenderEngine,
  options: { attempt: RenderTry; scratch: ScratchFolder; elapsedMs(): number },
): Promise<TryEnd> {
  const { attempt, scratch, elapsedMs } = options;
  const { jobId, videoHash } = attempt.payload;
  const { orm } = services.database;
  const cancel = new AbortController();
  try {
    const inputs = await loadInputs(services, videoHash);
    const started = await startRender(orm, {
      jobId,
      engine: engine.name,
      worker: WORKER_NAME,
      framesTotal: durationInFrames(inputs.durationMs, inputs.fps),
      try: attempt.tryNumber,
    });
    if (!started) return await endUnwanted(services, attempt);

    const progress = startProgressWriter(services, {
      jobId,
      onCancelRequested: () => cancel.abort(),
      onError: (error) => services.logger.warn({ video_hash: videoHash, err: error }, 'progress not written'),
    });
    try {
      const completed = await scratch.withFolder((folder) =>
        renderAndStore(services, engine, {
          payload: attempt.payload,
          inputs,
          folder,
          stopping: attempt.stopping,
          signal: AbortSignal.any([attempt.signal, attempt.stopping, cancel.signal]),
          onProgress: progress.report,
          elapsedMs,
        }),
      );
      return completed ? { status: 'READY', outcome: 'ended' } : await endUnwanted(services, attempt);
    } finally {
      await progress.stop();
    }
  } catch (error) {
    if (cancel.signal.aborted) return endUnwanted(services, attempt);
    if (attempt.stopping.aborted || error instanceof RenderPostponedError) return release(services, attempt);
    return endFailed(services, attempt, asRenderError(error, attempt.signal));
  }
}

/** Cancelled, or ended or deleted by somebody else. What is in the store already stays under an address that no row names. */
async function endUnwanted(services: Services, attempt: RenderTry): Promise<TryEnd> {
  const { jobId, videoHash: hash } = attempt.payload;
  const cancelled = await cancelRender(services.database.orm, { jobId, hash });
  return { status: cancelled ? 'CANCELLED' : 'DISCARDED', outcome: 'ended' };
}

/** The process stops, or the engine has no room: the job goes back as if this try had not been. Any worker may begin it at once. */
async function release(services: Services, attempt: RenderTry): Promise<TryEnd> {
  const { payload } = attempt;
  const released = await services.database.transaction(async (transaction) => {
    const goesBack = await releaseRender(transaction, { jobId: payload.jobId });
    if (goesBack) await services.queue.enqueue(transaction, payload);
    return goesBack;
  });
  return released ? { status: 'RELEASED', outcome: 'ended' } : endUnwanted(services, attempt);
}

async function endFailed(services: Services, attempt: RenderTry, error: AppError): Promise<TryEnd> {
  const { jobId, videoHash: hash } = attempt.payload;
  const { orm } = services.database;
  const { code: errorCode, message: errorMessage } = error;
  if (error.retryable && !attempt.isLastTry) {
    const waits = await retryRender(orm, { jobId, errorCode, errorMessage });
    // Not when somebody asked to cancel it between two looks.
    return waits ? { status: 'RETRYING', outcome: 'again', error } : endUnwanted(services, attempt);
  }
  const failed = await failRender(orm, { jobId, hash, errorCode, errorMessage });
  return { status: failed ? 'FAILED' : 'DISCARDED', outcome: 'ended', error };
}

function asRenderError(error: unknown, signal: AbortSignal): AppError {
  if (signal.aborted) {
    return new AppError('RENDER_TIMED_OUT', 'The render took too long.', { cause: error });
  }
  if (error instanceof AppError) return error;
  return new AppError('RENDER_FAILED', 'The render failed.', { cause: error });
}
