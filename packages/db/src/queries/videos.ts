import type { AssetStatus } from '@defrag/core';
import type { SQL } from 'drizzle-orm';
import type { Executor } from '../database.ts';
import { and, asc, desc, eq, getTableColumns, gte, inArray, lte, sql, union } from '../drizzle.ts';
import { assetCachePrivate, assetCachePublic, type PublicAssetRow } from '../schema/asset-cache.ts';
import { frictionEvents } from '../schema/friction-events.ts';
import { type RenderJobRow, renderJobs } from '../schema/render-jobs.ts';
import { type VideoDetailsRow, videoDetails } from '../schema/video-details.ts';
import { findActiveJobId, isActive } from './active-job.ts';
import { checkPageLimit, decodeCursor, encodeCursor, runPage } from './pages.ts';

/** A cached video as the admin sees it, without its motion profile. */
export interface VideoRow extends Omit<PublicAssetRow, 'type'> {
  /** Null for a video that another system added to the cache. */
  details: VideoDetailsRow | null;
  /** The active render, or else the newest one; null if there is none. */
  latestJob: RenderJobRow | null;
}

/** Bounds are inclusive. A missing filter matches everything. */
export interface VideoFilters {
  status?: AssetStatus | undefined;
  /** The engine that made the file. */
  engine?: string | undefined;
  rendererVersion?: string | undefined;
  createdFrom?: Date | undefined;
  createdTo?: Date | undefined;
  /** Videos that this event requested, or that have its current inputs at any length. */
  frictionId?: string | undefined;
  /** First hexadecimal digits of the hash, lowercase, at most 64. */
  hashPrefix?: string | undefined;
}

/** Number of videos by status, and their bytes. */
export interface VideoCounts {
  byStatus: Record<AssetStatus, number>;
  /** Bytes of the files of READY videos, where known. */
  storedBytes: number;
}

/** The video with this hash and its canonical inputs (null when unknown), or undefined. */
export async function findVideo(
  executor: Executor,
  hash: string,
): Promise<(VideoRow & { canonical: string | null }) | undefined> {
  const [video] = await selectVideos(executor).where(isVideo(hash));
  if (video === undefined) return undefined;
  const { sortKey: _, ...found } = video;
  return found;
}

/** The exact text behind this video hash, or undefined. */
export async function findCanonicalInputs(executor: Executor, hash: string): Promise<string | undefined> {
  const [row] = await executor
    .select({ canonical: assetCachePrivate.canonical })
    .from(assetCachePrivate)
    .innerJoin(assetCachePublic, eq(assetCachePublic.hash, assetCachePrivate.hash))
    .where(isVideo(hash));
  return row?.canonical;
}

/**
 * One page of videos by the time of their first request. Pages continue where the last one ended, whatever was inserted
 * meanwhile.
 *
 * @param options.limit 1..100
 * @param options.cursor `nextCursor` of the previous page, for the same direction
 * @throws InvalidCursorError when the cursor is from another order
 */
export async function listVideos(
  executor: Executor,
  options: { limit: number; cursor?: string | undefined; direction: 'asc' | 'desc'; filters: VideoFilters },
): Promise<{ items: VideoRow[]; nextCursor: string | null }> {
  checkPageLimit(options.limit);
  const { direction, cursor } = options;
  const order = `created_at ${direction}`;
  const conditions = [eq(assetCachePublic.type, 'VIDEO'), ...filterConditions(executor, options.filters)];
  if (cursor !== undefined) {
    const { key, id } = decodeCursor(order, cursor);
    const after = sql.raw(direction === 'asc' ? '>' : '<');
    conditions.push(
      sql`(${assetCachePublic.createdAt}, ${assetCachePublic.hash}) ${after} (${key}::timestamptz, ${id})`,
    );
  }
  const toward = direction === 'asc' ? asc : desc;
  const rows = await runPage(cursor, () =>
    selectVideos(executor)
      .where(and(...conditions))
      .orderBy(toward(assetCachePublic.createdAt), toward(assetCachePublic.hash))
      .limit(options.limit + 1),
  );
  const page = rows.slice(0, options.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ canonical: _, sortKey: __, ...video }) => video),
    nextCursor:
      last !== undefined && rows.length > page.length
        ? encodeCursor(order, { key: last.sortKey, id: last.hash })
        : null,
  };
}

/** Counts the matching videos by status. */
export async function countVideos(executor: Executor, filters: VideoFilters): Promise<VideoCounts> {
  const { status } = assetCachePublic;
  const rows = await executor
    .select({
      status,
      videos: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(${videoDetails.sizeBytes}), 0)::float8`,
    })
    .from(assetCachePublic)
    .leftJoin(videoDetails, eq(videoDetails.hash, assetCachePublic.hash))
    .where(and(eq(assetCachePublic.type, 'VIDEO'), ...filterConditions(executor, filters)))
    .groupBy(status);
  const totals: VideoCounts = { byStatus: { MISSING: 0, QUEUED: 0, READY: 0, FAILED: 0 }, storedBytes: 0 };
  for (const row of rows) {
    totals.byStatus[row.status] = row.videos;
    if (row.status === 'READY') totals.storedBytes = row.bytes;
  }
  return totals;
}

const { type: _type, ...publicColumns } = getTableColumns(assetCachePublic);

function selectVideos(executor: Executor) {
  const latestJob = executor
    .select()
    .from(renderJobs)
    .where(eq(renderJobs.hash, assetCachePublic.hash))
    .orderBy(desc(isActive()), desc(renderJobs.queuedAt), desc(renderJobs.id))
    .limit(1)
    .as('latest_job');
  return executor
    .select({
      ...publicColumns,
      details: getTableColumns(videoDetails),
      latestJob: latestJob._.selectedFields,
      canonical: assetCachePrivate.canonical,
      // As text with microseconds, which a Date would lose.
      sortKey: sql<string>`to_jsonb(${assetCachePublic.createdAt}) #>> '{}'`,
    })
    .from(assetCachePublic)
    .leftJoin(assetCachePrivate, eq(assetCachePrivate.hash, assetCachePublic.hash))
    .leftJoin(videoDetails, eq(videoDetails.hash, assetCachePublic.hash))
    .leftJoinLateral(latestJob, sql`true`);
}

function filterConditions(executor: Executor, filters: VideoFilters): (SQL | undefined)[] {
  return [
    filters.status === undefined ? undefined : eq(assetCachePublic.status, filters.status),
    filters.engine === undefined ? undefined : eq(videoDetails.engine, filters.engine),
    filters.rendererVersion === undefined
      ? undefined
      : eq(videoDetails.rendererVersion, filters.rendererVersion),
    filters.createdFrom === undefined ? undefined : gte(assetCachePublic.createdAt, filters.createdFrom),
    filters.createdTo === undefined ? undefined : lte(assetCachePublic.createdAt, filters.createdTo),
    filters.frictionId === undefined ? undefined : belongsToEvent(executor, filters.frictionId),
    filters.hashPrefix === undefined
      ? undefined
      : sql`starts_with(${assetCachePublic.hash}, ${filters.hashPrefix})`,
  ];
}

function belongsToEvent(executor: Executor, frictionId: string): SQL {
  const askedFor = executor
    .select({ hash: renderJobs.hash })
    .from(renderJobs)
    .where(eq(renderJobs.frictionId, frictionId));
  const sameInputs = executor
    .select({ hash: videoDetails.hash })
    .from(frictionEvents)
    .innerJoin(
      videoDetails,
      and(
        eq(videoDetails.frictionScore, frictionEvents.frictionScore),
        eq(videoDetails.pressureScore, frictionEvents.pressureScore),
        sql`md5(${videoDetails.seed}) = md5(${frictionEvents.provenanceHash})`,
        eq(videoDetails.seed, frictionEvents.provenanceHash),
      ),
    )
    .where(eq(frictionEvents.id, frictionId));
  return inArray(assetCachePublic.hash, union(askedFor, sameInputs));
}

/** The public row of a still or video, or undefined. */
export async function findPublicAsset(executor: Executor, hash: string): Promise<PublicAssetRow | undefined> {
  const [asset] = await executor.select().from(assetCachePublic).where(eq(assetCachePublic.hash, hash));
  return asset;
}

/**
 * Locks a video until the transaction ends, so that no render of it is requested or ends meanwhile.
 *
 * @returns the key of its file (null when unknown) and whether a render of it is active; undefined if there is no such video
 */
export async function lockVideo(
  tx: Executor,
  hash: string,
): Promise<{ objectKey: string | null; isRendering: boolean } | undefined> {
  const [locked] = await tx
    .select({ hash: assetCachePublic.hash })
    .from(assetCachePublic)
    .where(isVideo(hash))
    .for('update');
  if (locked === undefined) return undefined;
  const [details] = await tx
    .select({ objectKey: videoDetails.objectKey })
    .from(videoDetails)
    .where(eq(videoDetails.hash, hash));
  return {
    objectKey: details?.objectKey ?? null,
    isRendering: (await findActiveJobId(tx, hash)) !== undefined,
  };
}

/**
 * Deletes a video from the cache with all its rows, which ends its active render at the worker's next progress report. Call it
 * in a transaction. The file in the store stays.
 *
 * @returns the key of its file (null when unknown), or undefined if there is no such video
 */
export async function deleteVideo(
  tx: Executor,
  hash: string,
): Promise<{ objectKey: string | null } | undefined> {
  const locked = await lockVideo(tx, hash);
  if (locked === undefined) return undefined;
  await tx.delete(assetCachePublic).where(isVideo(hash));
  return { objectKey: locked.objectKey };
}

function isVideo(hash: string): SQL | undefined {
  return and(eq(assetCachePublic.hash, hash), eq(assetCachePublic.type, 'VIDEO'));
}
