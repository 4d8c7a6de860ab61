import type { VideoInputs } from '@defrag/core';
import type { Executor } from '../database.ts';
import { and, eq, isNull, sql } from '../drizzle.ts';
import { assetCachePrivate, assetCachePublic } from '../schema/asset-cache.ts';
import { renderJobs } from '../schema/render-jobs.ts';
import { videoDetails } from '../schema/video-details.ts';
import { findActiveJobId, isActive, lockPublicRow, settlePublicRow } from './active-job.ts';

/**
 * A worker starts a try. `startedAt` keeps the start of the first one. May be repeated, also by another worker.
 *
 * @param facts.try 1 for the first try
 * @returns false when there is nothing to render: the job has ended, was deleted, or a cancellation was requested (call
 * {@link cancelRender} then)
 */
export async function startRender(
  executor: Executor,
  facts: { jobId: string; engine: string; worker: string; framesTotal: number; try: number },
): Promise<boolean> {
  const started = await executor
    .update(renderJobs)
    .set({
      state: 'RENDERING',
      tries: facts.try,
      engine: facts.engine,
      worker: facts.worker,
      framesTotal: facts.framesTotal,
      startedAt: sql`coalesce(${renderJobs.startedAt}, now())`,
    })
    .where(and(eq(renderJobs.id, facts.jobId), isActive(), isNull(renderJobs.cancelRequestedAt)))
    .returning({ id: renderJobs.id });
  return started.length > 0;
}

/**
 * Records the number of finished frames. It never decreases, neither by late reports nor by a new try. A report may come while
 * the job waits for its next try; that is no reason to stop.
 *
 * @returns `cancelRequested` when the render must stop: on request, or because the job has ended or was deleted
 */
export async function recordRenderProgress(
  executor: Executor,
  facts: { jobId: string; framesDone: number },
): Promise<{ cancelRequested: boolean }> {
  const [job] = await executor
    .update(renderJobs)
    .set({
      framesDone: sql`least(${renderJobs.framesTotal}, greatest(${renderJobs.framesDone}, ${facts.framesDone}))`,
    })
    .where(and(eq(renderJobs.id, facts.jobId), isActive()))
    .returning({ cancelRequestedAt: renderJobs.cancelRequestedAt });
  return { cancelRequested: job === undefined || job.cancelRequestedAt !== null };
}

/**
 * Completes a render whose file is stored: the public row becomes READY with its URL, then private row, details and job are
 * updated. Call it in a transaction.
 *
 * @returns false, with nothing changed, when the job has ended, was deleted, or a cancellation was requested (call
 * {@link cancelRender} then)
 */
export async function completeRender(
  tx: Executor,
  facts: {
    jobId: string;
    hash: string;
    inputs: Pick<VideoInputs, 'width' | 'height' | 'durationMs' | 'fps'>;
    url: string | null;
    contentSha256: string;
    sizeBytes: number;
    engine: string;
    renderDurationMs: number;
  },
): Promise<boolean> {
  const { jobId, hash, contentSha256, sizeBytes, engine } = facts;
  const { width, height, durationMs, fps } = facts.inputs;
  const renderDurationMs = Math.round(facts.renderDurationMs);
  await lockPublicRow(tx, hash);
  const [job] = await tx
    .select({ id: renderJobs.id })
    .from(renderJobs)
    .where(
      and(
        eq(renderJobs.id, jobId),
        eq(renderJobs.hash, hash),
        isActive(),
        isNull(renderJobs.cancelRequestedAt),
      ),
    )
    .for('update');
  if (job === undefined) return false;
  const durationSeconds = Math.round(durationMs / 1_000);
  await tx
    .update(assetCachePublic)
    .set({ status: 'READY', url: facts.url, width, height, durationSeconds })
    .where(eq(assetCachePublic.hash, hash));
  await tx.update(assetCachePrivate).set({ durationMs, fps }).where(eq(assetCachePrivate.hash, hash));
  await tx
    .update(videoDetails)
    .set({ contentSha256, sizeBytes, engine, renderDurationMs, renderedAt: sql`now()` })
    .where(eq(videoDetails.hash, hash));
  await tx
    .update(renderJobs)
    .set({
      state: 'SUCCEEDED',
      framesDone: sql`${renderJobs.framesTotal}`,
      errorCode: null,
      errorMessage: null,
      finishedAt: sql`now()`,
      engine,
      renderDurationMs,
      sizeBytes,
      contentSha256,
    })
    .where(eq(renderJobs.id, jobId));
  return true;
}

/**
 * A try failed and another one follows: the job is QUEUED again, with the error of the failed try. Its progress stays.
 *
 * @returns false when the job has ended, or a cancellation was requested
 */
export async function retryRender(
  executor: Executor,
  facts: { jobId: string; errorCode: string; errorMessage: string },
): Promise<boolean> {
  const waiting = await executor
    .update(renderJobs)
    .set({ state: 'QUEUED', worker: null, errorCode: facts.errorCode, errorMessage: facts.errorMessage })
    .where(and(eq(renderJobs.id, facts.jobId), isActive(), isNull(renderJobs.cancelRequestedAt)))
    .returning({ id: renderJobs.id });
  return waiting.length > 0;
}

/**
 * The process stops during a try, through no fault of the render: the job is QUEUED again, and the try does not count. Its
 * progress stays. May be repeated: a job that is QUEUED already keeps its number of tries.
 *
 * @returns false when the job has ended, was deleted, or a cancellation was requested
 */
export async function releaseRender(executor: Executor, facts: { jobId: string }): Promise<boolean> {
  const waiting = await executor
    .update(renderJobs)
    .set({
      state: 'QUEUED',
      worker: null,
      errorCode: null,
      errorMessage: null,
      tries: sql`case ${renderJobs.state} when 'RENDERING' then greatest(${renderJobs.tries} - 1, 0) else ${renderJobs.tries} end`,
    })
    .where(and(eq(renderJobs.id, facts.jobId), isActive(), isNull(renderJobs.cancelRequestedAt)))
    .returning({ id: renderJobs.id });
  return waiting.length > 0;
}

/**
 * The last try failed: the job becomes FAILED, and the public row too unless it is READY. Opens a transaction, or a savepoint
 * in one.
 *
 * @returns false when the job has ended or was deleted
 */
export function failRender(
  executor: Executor,
  facts: { jobId: string; hash: string; errorCode: string; errorMessage: string },
): Promise<boolean> {
  return executor.transaction(async (tx) => {
    await lockPublicRow(tx, facts.hash);
    const failed = await tx
      .update(renderJobs)
      .set({
        state: 'FAILED',
        errorCode: facts.errorCode,
        errorMessage: facts.errorMessage,
        finishedAt: sql`now()`,
      })
      .where(and(eq(renderJobs.id, facts.jobId), eq(renderJobs.hash, facts.hash), isActive()))
      .returning({ id: renderJobs.id });
    if (failed.length === 0) return false;
    await settlePublicRow(tx, facts.hash, 'FAILED');
    return true;
  });
}

/** Result of {@link requestCancel}. A QUEUED job is CANCELLED at once, a RENDERING one at its worker's next progress report. */
export interface CancelRequest {
  jobId: string;
  state: 'CANCELLED' | 'RENDERING';
}

/**
 * Requests that the active render of a hash is cancelled. Opens a transaction, or a savepoint in one.
 *
 * @returns undefined when there is no active render
 */
export function requestCancel(executor: Executor, hash: string): Promise<CancelRequest | undefined> {
  return executor.transaction(async (tx) => {
    await lockPublicRow(tx, hash);
    const jobId = await findActiveJobId(tx, hash);
    if (jobId === undefined) return undefined;
    const [job] = await tx
      .update(renderJobs)
      .set({ cancelRequestedAt: sql`coalesce(${renderJobs.cancelRequestedAt}, now())` })
      .where(and(eq(renderJobs.id, jobId), isActive()))
      .returning({ state: renderJobs.state });
    if (job === undefined) return undefined;
    if (job.state === 'RENDERING') return { jobId, state: 'RENDERING' };
    await endCancelled(tx, { jobId, hash });
    return { jobId, state: 'CANCELLED' };
  });
}

/**
 * Cancels a render that has stopped: the job becomes CANCELLED, and the public row MISSING unless it is READY. Opens a
 * transaction, or a savepoint in one.
 *
 * @returns false when the job has ended or was deleted
 */
export function cancelRender(executor: Executor, facts: { jobId: string; hash: string }): Promise<boolean> {
  return executor.transaction(async (tx) => {
    await lockPublicRow(tx, facts.hash);
    return endCancelled(tx, facts);
  });
}

async function endCancelled(tx: Executor, facts: { jobId: string; hash: string }): Promise<boolean> {
  const cancelled = await tx
    .update(renderJobs)
    .set({
      state: 'CANCELLED',
      cancelRequestedAt: sql`coalesce(${renderJobs.cancelRequestedAt}, now())`,
      finishedAt: sql`now()`,
    })
    .where(and(eq(renderJobs.id, facts.jobId), eq(renderJobs.hash, facts.hash), isActive()))
    .returning({ id: renderJobs.id });
  if (cancelled.length === 0) return false;
  await settlePublicRow(tx, facts.hash, 'MISSING');
  return true;
}
