import type { AssetStatus } from '@defrag/core';
import type { Executor } from '../database.ts';
import { and, asc, desc, eq, getTableColumns, sql } from '../drizzle.ts';
import { assetCachePublic } from '../schema/asset-cache.ts';
import { type RenderJobRow, renderJobs } from '../schema/render-jobs.ts';
import { videoDetails } from '../schema/video-details.ts';
import { isActive } from './active-job.ts';
import { checkPageLimit } from './pages.ts';

/** The renders of a video, newest first. `limit` is 1..100. */
export async function listRenderJobs(
  executor: Executor,
  hash: string,
  limit: number,
): Promise<RenderJobRow[]> {
  checkPageLimit(limit);
  return await executor
    .select()
    .from(renderJobs)
    .where(eq(renderJobs.hash, hash))
    .orderBy(desc(renderJobs.queuedAt), desc(renderJobs.id))
    .limit(limit);
}

/** A video's status and its newest job. */
export interface RenderProgress {
  status: AssetStatus;
  job: RenderJobRow | null;
}

/** Public status and active (or else last) render of a video, in one snapshot; undefined if the hash is unknown. */
export async function findRenderProgress(
  executor: Executor,
  hash: string,
): Promise<RenderProgress | undefined> {
  const [row] = await executor
    .select({ status: assetCachePublic.status, job: renderJobs })
    .from(assetCachePublic)
    .leftJoin(renderJobs, eq(renderJobs.hash, assetCachePublic.hash))
    .where(and(eq(assetCachePublic.hash, hash), eq(assetCachePublic.type, 'VIDEO')))
    .orderBy(sql`${isActive()} desc nulls last`, desc(renderJobs.queuedAt), desc(renderJobs.id))
    .limit(1);
  return row;
}

/** The render with this id, or undefined. */
export async function findRenderJob(executor: Executor, jobId: string): Promise<RenderJobRow | undefined> {
  const [job] = await executor.select().from(renderJobs).where(eq(renderJobs.id, jobId));
  return job;
}

/** A render with the renderer version of its video; null when unknown. */
export type SilentRenderJob = RenderJobRow & { rendererVersion: string | null };

/**
 * Active renders without an update for some time, the longest silent first: after a crash, no worker may ever end them.
 *
 * @param options.silentForMs 0 returns all active renders
 * @param options.limit 1..100
 */
export async function listSilentRenderJobs(
  executor: Executor,
  options: { silentForMs: number; limit: number },
): Promise<SilentRenderJob[]> {
  checkPageLimit(options.limit);
  return await executor
    .select({ ...getTableColumns(renderJobs), rendererVersion: videoDetails.rendererVersion })
    .from(renderJobs)
    .leftJoin(videoDetails, eq(videoDetails.hash, renderJobs.hash))
    .where(
      and(
        isActive(),
        sql`${renderJobs.updatedAt} <= now() - ${options.silentForMs} * interval '1 millisecond'`,
      ),
    )
    .orderBy(asc(renderJobs.updatedAt))
    .limit(options.limit);
}
