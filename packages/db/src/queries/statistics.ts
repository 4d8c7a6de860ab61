import type { Executor } from '../database.ts';
import { and, desc, eq, gte, or, sql } from '../drizzle.ts';
import { assetCachePublic } from '../schema/asset-cache.ts';
import { frictionEvents } from '../schema/friction-events.ts';
import { type RenderJobRow, renderJobs } from '../schema/render-jobs.ts';
import { videoDetails } from '../schema/video-details.ts';
import { isActive } from './active-job.ts';
import { checkPageLimit } from './pages.ts';

/** Numbers of active renders. */
export interface QueueDepth {
  queued: number;
  /** Queued renders with a failed try. */
  retrying: number;
  rendering: number;
  oldestQueuedAt: Date | null;
}

/** Counts jobs that wait and run. */
export async function readQueueDepth(executor: Executor): Promise<QueueDepth> {
  const queued = sql`${renderJobs.state} = 'QUEUED'`;
  const [row] = await executor
    .select({
      queued: sql<number>`(count(*) filter (where ${queued}))::int`,
      retrying: sql<number>`(count(*) filter (where ${queued} and ${renderJobs.errorCode} is not null))::int`,
      rendering: sql<number>`(count(*) filter (where ${renderJobs.state} = 'RENDERING'))::int`,
      oldestQueuedAt: sql<Date | null>`min(${renderJobs.queuedAt}) filter (where ${queued})`.mapWith(
        renderJobs.queuedAt,
      ),
    })
    .from(renderJobs)
    .where(isActive());
  return row ?? { queued: 0, retrying: 0, rendering: 0, oldestQueuedAt: null };
}

/** Renders that ended within a time window. */
export interface EndedRenders {
  succeeded: number;
  failed: number;
  cancelled: number;
  /** Percentiles of the durations of succeeded renders in milliseconds, interpolated; null when there are none. */
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}

/** Summarises the renders that ended in the last `windowHours` hours. */
export async function readEndedRenders(executor: Executor, windowHours: number): Promise<EndedRenders> {
  const succeeded = sql`${renderJobs.state} = 'SUCCEEDED'`;
  const percentile = (fraction: number) =>
    sql<
      number | null
    >`percentile_cont(${fraction}::float8) within group (order by ${renderJobs.renderDurationMs})
      filter (where ${succeeded})`;
  const [row] = await executor
    .select({
      succeeded: sql<number>`(count(*) filter (where ${succeeded}))::int`,
      failed: sql<number>`(count(*) filter (where ${renderJobs.state} = 'FAILED'))::int`,
      cancelled: sql<number>`(count(*) filter (where ${renderJobs.state} = 'CANCELLED'))::int`,
      p50Ms: percentile(0.5),
      p95Ms: percentile(0.95),
      p99Ms: percentile(0.99),
    })
    .from(renderJobs)
    .where(gte(renderJobs.finishedAt, sql`now() - ${windowHours} * interval '1 hour'`));
  return row ?? { succeeded: 0, failed: 0, cancelled: 0, p50Ms: null, p95Ms: null, p99Ms: null };
}

/**
 * The last failed renders and renders with a failed try, newest first.
 *
 * @param limit 1..100
 */
export async function listFailedRenders(executor: Executor, limit: number): Promise<RenderJobRow[]> {
  checkPageLimit(limit);
  return await executor
    .select()
    .from(renderJobs)
    .where(and(sql`${renderJobs.errorCode} is not null`, or(isActive(), eq(renderJobs.state, 'FAILED'))))
    .orderBy(desc(sql`coalesce(${renderJobs.finishedAt}, ${renderJobs.updatedAt})`), desc(renderJobs.id))
    .limit(limit);
}

/** Size of the store. */
export interface StorageTotals {
  /** Number of READY videos. */
  videos: number;
  /** Bytes of their files, where known. */
  bytes: number;
}

/** Counts READY videos and their bytes. */
export async function readStorageTotals(executor: Executor): Promise<StorageTotals> {
  const [row] = await executor
    .select({
      videos: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(${videoDetails.sizeBytes}), 0)::float8`,
    })
    .from(assetCachePublic)
    .leftJoin(videoDetails, eq(videoDetails.hash, assetCachePublic.hash))
    .where(and(eq(assetCachePublic.type, 'VIDEO'), eq(assetCachePublic.status, 'READY')));
  return row ?? { videos: 0, bytes: 0 };
}

/** Counts all friction events. */
export async function countFrictionEvents(executor: Executor): Promise<number> {
  return await executor.$count(frictionEvents);
}
