import { durationInFrames, isActiveJob } from '@defrag/core';
import { cancelRender, failRender, findRenderJob, releaseRender, retryRender, startRender } from '@defrag/db';
import { ProcessStoppingError, type RenderEngine, RenderPostponedError } from '../../engine/engine.ts';
import { toRenderFailure } from '../../engine/render-failure.ts';
import type { AppError } from '../../errors.ts';
import type { ScratchFolder } from '../../files/scratch-folder.ts';
import type { RenderTry, RenderTryOutcome } from '../../queue/render-queue.ts';
import { logRender, type RenderLogEntry } from '../render-log.ts';
import type { Services } from '../services.ts';
import { startProgressWriter } from './progress-writer.ts';
import { loadInputs, renderAndStore } from './render-and-store.ts';
import { WORKER_NAME } from './worker-heartbeat.ts';

interface TryEnd {
  readonly status: RenderLogEntry['status'];
  readonly outcome: RenderTryOutcome;
  readonly error?: AppError;
}

interface TryParts {
  readonly services: Services;
  readonly engine: RenderEngine;
  readonly renderTry: RenderTry;
  readonly scratch: ScratchFolder;
  elapsedMs(): number;
}

/**
 * One try of a job, in a worker: renders, stores, and records how it ended.
 *
 * @param scratch where the render's folder is made; nothing is left there
 * @returns `again` when the queue should offer the job for its next try; a failed render is no rejection
 */
export async function runRenderJob(
  services: Services,
  engine: RenderEngine,
  renderTry: RenderTry,
  scratch: ScratchFolder,
): Promise<RenderTryOutcome> {
  const { jobId, videoHash } = renderTry.payload;
  const job = await findRenderJob(services.database.orm, jobId);
  // Otherwise it was ended by an earlier delivery, cancelled, or deleted.
  if (job === undefined || !isActiveJob(job.state)) return 'ended';

  const startedAt = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  const { status, outcome, error } = await runTry({ services, engine, renderTry, scratch, elapsedMs });
  const entry = {
    videoHash,
    frictionId: job.frictionId,
    cacheHit: false,
    renderDurationMs: elapsedMs(),
    engine: engine.name,
    status,
    errorCode: error?.code,
  };
  logRender(services.logger, entry, error);
  return outcome;
}

async function runTry({ services, engine, renderTry, scratch, elapsedMs }: TryParts): Promise<TryEnd> {
  const { jobId, videoHash } = renderTry.payload;
  const ending = watchForEnd(renderTry);
  try {
    const inputs = await loadInputs(services, videoHash);
    const started = await startRender(services.database.orm, {
      jobId,
      engine: engine.name,
      worker: WORKER_NAME,
      framesTotal: durationInFrames(inputs.durationMs, inputs.fps),
      try: renderTry.tryNumber,
    });
    if (!started) return await endUnwanted(services, renderTry);

    const progress = startProgressWriter(services, {
      jobId,
      onCancelRequested: () => ending.abort(new CancelRequestedError()),
      onError: (error) => services.logger.warn({ video_hash: videoHash, err: error }, 'progress not written'),
    });
    const { signal } = ending;
    const { report: onProgress } = progress;
    try {
      const completed = await scratch.withFolder((folder) =>
        renderAndStore(services, engine, { jobId, inputs, scratch: folder, signal, onProgress, elapsedMs }),
      );
      return completed ? { status: 'READY', outcome: 'ended' } : await endUnwanted(services, renderTry);
    } finally {
      await progress.stop();
    }
  } catch (error) {
    const { reason } = ending.signal;
    if (reason instanceof CancelRequestedError) return await endUnwanted(services, renderTry);
    if (reason instanceof ProcessStoppingError || error instanceof RenderPostponedError) {
      return await release(services, renderTry);
    }
    return await endFailed(services, renderTry, toRenderFailure(error, ending.signal));
  } finally {
    ending.stop();
  }
}

class CancelRequestedError extends Error {}

/** One signal for all that can end a try; its reason says which came first. */
function watchForEnd({ signal: tooLong, stopping }: RenderTry) {
  const controller = new AbortController();
  const onTooLong = () => controller.abort(new DOMException('The try took too long.', 'TimeoutError'));
  const onStopping = () => controller.abort(new ProcessStoppingError());
  tooLong.addEventListener('abort', onTooLong);
  stopping.addEventListener('abort', onStopping);
  if (tooLong.aborted) onTooLong();
  if (stopping.aborted) onStopping();
  return {
    signal: controller.signal,
    abort: (reason: Error) => controller.abort(reason),
    stop() {
      tooLong.removeEventListener('abort', onTooLong);
      stopping.removeEventListener('abort', onStopping);
    },
  };
}

/** The job was cancelled, ended or deleted meanwhile. An already stored file stays, unreferenced. */
async function endUnwanted({ database }: Services, { payload }: RenderTry): Promise<TryEnd> {
  const cancelled = await cancelRender(database.orm, { jobId: payload.jobId, hash: payload.videoHash });
  return { status: cancelled ? 'CANCELLED' : 'DISCARDED', outcome: 'ended' };
}

/** The process stops, or the engine has no room: puts the job back for any worker, and the try does not count. */
async function release(services: Services, renderTry: RenderTry): Promise<TryEnd> {
  const { payload } = renderTry;
  const released = await services.database.transaction(async (transaction) => {
    const goesBack = await releaseRender(transaction, { jobId: payload.jobId });
    if (goesBack) await services.queue.enqueue(transaction, payload);
    return goesBack;
  });
  return released ? { status: 'RELEASED', outcome: 'ended' } : await endUnwanted(services, renderTry);
}

async function endFailed(services: Services, renderTry: RenderTry, error: AppError): Promise<TryEnd> {
  const { jobId, videoHash: hash } = renderTry.payload;
  const { orm } = services.database;
  const { code: errorCode, message: errorMessage } = error;
  if (error.retryable && !renderTry.isLastTry) {
    const retrying = await retryRender(orm, { jobId, errorCode, errorMessage });
    // False when a cancellation was requested meanwhile.
    return retrying
      ? { status: 'RETRYING', outcome: 'again', error }
      : await endUnwanted(services, renderTry);
  }
  const failed = await failRender(orm, { jobId, hash, errorCode, errorMessage });
  return { status: failed ? 'FAILED' : 'DISCARDED', outcome: 'ended', error };
}
