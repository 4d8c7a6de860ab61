import { mkdtemp, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  durationInFrames,
  type EngineName,
  objectKey,
  parseCanonicalInputs,
  type VideoInputs,
  videoHash,
} from '@defrag/core';
import {
  cancelRender,
  completeRender,
  failRender,
  findCanonicalInputs,
  findRenderJob,
  findVideo,
  type RenderJob,
  retryRender,
  startRender,
} from '@defrag/db';
import type { RenderEngine } from '../engine/engine.ts';
import { AppError } from '../errors.ts';
import type { RenderTry, RenderTryOutcome } from '../queue/render-queue.ts';
import { logRender } from './log-render.ts';
import { startProgressWriter } from './progress-writer.ts';
import type { Services } from './services.ts';

/** MIME type of every video. */
const VIDEO_CONTENT_TYPE = 'video/mp4';

/**
 * One try of one render: steps 5 and 6 of the pipeline, in a worker. Every step may be run twice without harm.
 *
 * @param options.scratchDir existing folder for the file until it is stored; nothing of it is left behind
 * @returns `again` when the queue should offer the job once more; it never rejects for a failed render
 */
export async function runRenderJob(
  services: Services,
  engine: RenderEngine,
  attempt: RenderTry,
  options: { scratchDir: string },
): Promise<RenderTryOutcome> {
  const { jobId, videoHash: hash } = attempt.payload;
  const job = await findRenderJob(services.database.orm, jobId);
  // Ended by an earlier delivery, cancelled, or deleted: nothing is left to do.
  if (job === undefined || (job.state !== 'QUEUED' && job.state !== 'RENDERING')) return 'done';

  const startedAt = performance.now();
  const folder = await mkdtemp(join(options.scratchDir, 'job-'));
  const cancel = new AbortController();
  const progress = startProgressWriter(services, {
    jobId,
    onCancelRequested: () => cancel.abort(),
    onError: (error) => services.logger.warn({ video_hash: hash, err: error }, 'progress not written'),
  });
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  const entry = { videoHash: hash, frictionId: job.frictionId, cacheHit: false, engine: engine.name };
  try {
    const inputs = await loadInputs(services, hash);
    const started = await startRender(services.database.orm, {
      jobId,
      engine: engine.name,
      worker: `${hostname()}:${process.pid}`,
      framesTotal: durationInFrames(inputs.durationMs, inputs.fps),
      try: attempt.tryNumber,
    });
    if (!started) {
      await cancelRender(services.database.orm, { jobId, hash });
      return 'done';
    }

    // 5. Render.
    const rendered = await engine.render({
      inputs,
      videoHash: hash,
      outputPath: join(folder, `${hash}.mp4`),
      signal: AbortSignal.any([attempt.signal, cancel.signal]),
      onProgress: (framesDone) => progress.report(framesDone),
    });
    await refuseOtherBytes(services, { hash, engine: engine.name, contentSha256: rendered.contentSha256 });

    // 6. Store: upload, then the public row READY with its URL, then the private row.
    const key = objectKey(hash);
    await services.store.put(key, rendered.path, {
      sizeBytes: rendered.sizeBytes,
      contentSha256: rendered.contentSha256,
      contentType: VIDEO_CONTENT_TYPE,
    });
    const url = await services.store.urlFor(key);
    await progress.stop();
    const renderDurationMs = elapsedMs();
    const completed = await services.database.transaction((transaction) =>
      completeRender(transaction, {
        jobId,
        hash,
        url,
        contentSha256: rendered.contentSha256,
        sizeBytes: rendered.sizeBytes,
        engine: engine.name,
        renderDurationMs,
      }),
    );
    // Cancelled or deleted in the last moment: the object stays, under an address that no row names.
    logRender(services.logger, { ...entry, renderDurationMs, status: completed ? 'READY' : 'DISCARDED' });
    return 'done';
  } catch (error) {
    await progress.stop();
    return endFailedTry(
      services,
      { attempt, job, cancelled: cancel.signal.aborted, error },
      (status, errorCode) =>
        logRender(services.logger, { ...entry, renderDurationMs: elapsedMs(), status, errorCode }, error),
    );
  } finally {
    await progress.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function loadInputs(services: Services, hash: string): Promise<VideoInputs> {
  const canonical = await findCanonicalInputs(services.database.orm, hash);
  if (canonical === undefined) throw new AppError('VIDEO_NOT_FOUND', `There are no inputs of ${hash}.`);
  const inputs = parseCanonicalInputs(canonical);
  if (videoHash(inputs) !== hash) {
    throw new AppError('RENDER_FAILED', 'The stored inputs do not give this video hash.', {
      retryable: false,
    });
  }
  return inputs;
}

/**
 * A repeated render by the same engine must give the bytes that are stored; other ones would break the promise that a URL
 * is final. Two engines may encode the same pixels differently.
 */
async function refuseOtherBytes(
  services: Services,
  rendered: { hash: string; engine: EngineName; contentSha256: string },
): Promise<void> {
  const stored = (await findVideo(services.database.orm, rendered.hash))?.details;
  if (stored?.contentSha256 == null || stored.engine !== rendered.engine) return;
  if (stored.contentSha256 !== rendered.contentSha256) {
    throw new AppError(
      'RENDER_NOT_DETERMINISTIC',
      `The render has digest ${rendered.contentSha256}, the stored video ${stored.contentSha256}. The stored one was kept.`,
    );
  }
}

async function endFailedTry(
  services: Services,
  failure: { attempt: RenderTry; job: RenderJob; cancelled: boolean; error: unknown },
  log: (status: 'FAILED' | 'CANCELLED' | 'RETRYING', errorCode: string) => void,
): Promise<RenderTryOutcome> {
  const { attempt, cancelled, error } = failure;
  const { jobId, videoHash: hash } = attempt.payload;
  const { database } = services;
  if (cancelled) {
    await database.transaction((transaction) => cancelRender(transaction, { jobId, hash }));
    log('CANCELLED', 'RENDER_CANCELLED');
    return 'done';
  }
  const known = asRenderError(error, attempt.signal);
  if (known.retryable && !attempt.isLastTry) {
    await retryRender(database.orm, { jobId, errorCode: known.code, errorMessage: known.message });
    log('RETRYING', known.code);
    return 'again';
  }
  await database.transaction((transaction) =>
    failRender(transaction, { jobId, hash, errorCode: known.code, errorMessage: known.message }),
  );
  log('FAILED', known.code);
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
