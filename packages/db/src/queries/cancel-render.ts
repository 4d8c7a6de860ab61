import { and, eq, sql } from '../drizzle.ts';
import type { Executor } from '../executor.ts';
import { renderJobs } from '../schema/render-jobs.ts';
import { findActiveJobId, isActive, lockPublicRow, settlePublicRow } from './active-job.ts';

/** What {@link requestCancel} found: a waiting job is CANCELLED at once, a RENDERING one when its worker hears of it. */
export interface CancelRequest {
  jobId: string;
  state: 'CANCELLED' | 'RENDERING';
}

/**
 * Asks that the active render of a hash end. Opens a transaction, or a savepoint in one.
 *
 * @returns undefined when nothing is being rendered
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
 * A render has stopped because it was to be cancelled: the job becomes CANCELLED, and the public row MISSING, unless an earlier
 * video is READY. Opens a transaction, or a savepoint in one.
 *
 * @returns false when the job has ended before or was deleted
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
