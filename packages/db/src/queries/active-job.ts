import { ACTIVE_RENDER_JOB_STATES, type AssetStatus } from '@defrag/core';
import type { SQL } from 'drizzle-orm';
import type { Executor } from '../database.ts';
import { and, eq, inArray } from '../drizzle.ts';
import { assetCachePublic } from '../schema/asset-cache.ts';
import { renderJobs } from '../schema/render-jobs.ts';

/** The SQL of core's `isActiveJob`: the job has not ended. */
export function isActive(): SQL {
  return inArray(renderJobs.state, ACTIVE_RENDER_JOB_STATES);
}

/** Id of the active job of a hash, or undefined. */
export async function findActiveJobId(executor: Executor, hash: string): Promise<string | undefined> {
  const [job] = await executor
    .select({ id: renderJobs.id })
    .from(renderJobs)
    .where(and(eq(renderJobs.hash, hash), isActive()));
  return job?.id;
}

/**
 * Locks the public row until the transaction ends. Whatever changes a job and its public row does this first, so that no two
 * transactions deadlock.
 *
 * @returns its status, or undefined if there is no such row
 */
export async function lockPublicRow(tx: Executor, hash: string): Promise<AssetStatus | undefined> {
  const [row] = await tx
    .select({ status: assetCachePublic.status })
    .from(assetCachePublic)
    .where(eq(assetCachePublic.hash, hash))
    .for('update');
  return row?.status;
}

/** Changes the status of a QUEUED public row. A READY row stays READY: its video still exists. */
export async function settlePublicRow(
  tx: Executor,
  hash: string,
  status: Extract<AssetStatus, 'MISSING' | 'FAILED'>,
): Promise<void> {
  await tx
    .update(assetCachePublic)
    .set({ status })
    .where(and(eq(assetCachePublic.hash, hash), eq(assetCachePublic.status, 'QUEUED')));
}
