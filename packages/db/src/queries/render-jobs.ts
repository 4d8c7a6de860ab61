import type { AssetStatus } from '@defrag/core';
import type { Executor } from '../database.ts';
import { and, asc, desc, eq, getTableColumns, sql } from '../drizzle.ts';
import { assetCachePublic } from '../schema/asset-cache.ts';
import { type RenderJob, renderJobs } from '../schema/render-jobs.ts';
import { videoDetails } from '../schema/video-details.ts';
import { isActive } from './active-job.ts';
import { checkPageLimit } from './pages.ts';

/** The renders of a video, the one queued last first. `limit` is 1..100. */
export async function listRenderJobs(executor: Executor, hash: string, limit: number): Promise<RenderJob[]> {
  checkPageLimit(limit);
  return await executor
    .select()
    .from(renderJobs)
    .where(eq(renderJobs.hash, hash))
    .orderBy(desc(renderJobs.queuedAt), desc(renderJobs.id))
    .limit(limit);
}

/** Where a video stands: its public status, and its active or last render. */
export interface RenderProgress {
  status: AssetStatus;
  job: RenderJob | null;
}

/** Public status and active or last render of a video, read at one moment; undefined if the hash is unknown. */
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
export async function findRenderJob(executor: Executor, jobId: string): Promise<RenderJob | undefined> {
  const [job] = await executor.select().from(renderJobs).where(eq(renderJobs.id, jobId));
  return job;
}

/** A row of `render_jobs`, with the renderer version of its video; null where that is unknown. */
export type SilentRenderJob = RenderJob & { rendererVersion: string | null };

/**
 * Active renders of which nothing was heard for some time, the longest silent first. So that whoever hands jobs to workers can
 * find those that no worker will ever end, after a crash.
 *
 * @param options.silentForMs 0 for all active ones
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
