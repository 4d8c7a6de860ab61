import type { SQL } from 'drizzle-orm';
import { and, asc, desc, eq, gte, isNull, lte, or, sql } from '../drizzle.ts';
import type { Executor } from '../executor.ts';
import { assetCachePublic } from '../schema/asset-cache-public.ts';
import { type FrictionEvent, frictionEvents } from '../schema/friction-events.ts';
import { videoDetails } from '../schema/video-details.ts';
import type { AssetStatus, FidelityBucket } from '../schema/vocabulary.ts';
import { decodeCursor, encodeCursor, runPage } from './cursor.ts';
import { checkPageLimit } from './page-limit.ts';

/** The orders in which friction events can be listed; ties are broken by id. */
export const FRICTION_EVENT_SORTS = ['event_date', 'friction_score', 'pressure_score', 'created_at'] as const;
/** One of {@link FRICTION_EVENT_SORTS}. */
export type FrictionEventSort = (typeof FRICTION_EVENT_SORTS)[number];

/** Bounds are inclusive; a filter that is left out lets everything through. */
export interface FrictionEventFilters {
  minFrictionScore?: number | undefined;
  maxFrictionScore?: number | undefined;
  minPressureScore?: number | undefined;
  maxPressureScore?: number | undefined;
  /** `YYYY-MM-DD`. */
  dateFrom?: string | undefined;
  /** `YYYY-MM-DD`. */
  dateTo?: string | undefined;
  fidelityBucket?: FidelityBucket | undefined;
  /** Of the event's video; MISSING also where there is no video at all. */
  videoStatus?: AssetStatus | undefined;
}

/** The public facts of the video that belongs to an event's present scores and seed. */
export interface FrictionEventVideo {
  hash: string;
  status: AssetStatus;
  url: string | null;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
  updatedAt: Date;
}

/** A friction event and the video of its inputs, or null if that was never asked for. */
export type FrictionEventWithVideo = FrictionEvent & { video: FrictionEventVideo | null };

/** The friction event with this id (a UUID), or undefined. */
export async function findFrictionEvent(executor: Executor, id: string): Promise<FrictionEvent | undefined> {
  const [event] = await executor.select().from(frictionEvents).where(eq(frictionEvents.id, id));
  return event;
}

const SORT_COLUMNS = {
  event_date: { column: frictionEvents.eventDate, type: sql.raw('date') },
  friction_score: { column: frictionEvents.frictionScore, type: sql.raw('integer') },
  pressure_score: { column: frictionEvents.pressureScore, type: sql.raw('integer') },
  created_at: { column: frictionEvents.createdAt, type: sql.raw('timestamptz') },
} as const satisfies Record<FrictionEventSort, unknown>;

/**
 * One page of friction events, each with the video that its present inputs, `durationMs` and `rendererVersion` give. Pages
 * continue where the last one ended, whatever was inserted meanwhile: no row comes twice, none that was there is left out.
 *
 * @param options.limit 1..100
 * @param options.cursor `nextCursor` of the page before, for the same sort and direction
 * @throws InvalidCursorError when the cursor is not from this order
 */
export async function listFrictionEvents(
  executor: Executor,
  options: {
    limit: number;
    cursor?: string | undefined;
    sort: FrictionEventSort;
    direction: 'asc' | 'desc';
    filters: FrictionEventFilters;
    durationMs: number;
    rendererVersion: string;
  },
): Promise<{ items: FrictionEventWithVideo[]; nextCursor: string | null }> {
  checkPageLimit(options.limit);
  const { sort, direction, cursor } = options;
  const order = `${sort} ${direction}`;
  const { column, type } = SORT_COLUMNS[sort];
  const conditions = filterConditions(options.filters);
  if (cursor !== undefined) {
    const { key, id } = decodeCursor(order, cursor);
    const after = sql.raw(direction === 'asc' ? '>' : '<');
    conditions.push(sql`(${column}, ${frictionEvents.id}) ${after} (${key}::${type}, ${id}::uuid)`);
  }

  // At most one video has an event's inputs, because they are what its hash is made of; the limit says so to the planner.
  const video = executor
    .select({
      hash: assetCachePublic.hash,
      status: assetCachePublic.status,
      url: assetCachePublic.url,
      width: assetCachePublic.width,
      height: assetCachePublic.height,
      durationSeconds: assetCachePublic.durationSeconds,
      updatedAt: assetCachePublic.updatedAt,
    })
    .from(videoDetails)
    .innerJoin(
      assetCachePublic,
      and(eq(assetCachePublic.hash, videoDetails.hash), eq(assetCachePublic.type, 'VIDEO')),
    )
    .where(
      and(
        eq(videoDetails.frictionScore, frictionEvents.frictionScore),
        eq(videoDetails.pressureScore, frictionEvents.pressureScore),
        sql`md5(${videoDetails.seed}) = md5(${frictionEvents.provenanceHash})`,
        eq(videoDetails.seed, frictionEvents.provenanceHash),
        eq(videoDetails.durationMs, options.durationMs),
        eq(videoDetails.rendererVersion, options.rendererVersion),
      ),
    )
    .limit(1)
    .as('video');
  const { videoStatus } = options.filters;
  if (videoStatus !== undefined) {
    const same = eq(video.status, videoStatus);
    conditions.push(videoStatus === 'MISSING' ? or(isNull(video.hash), same) : same);
  }

  const toward = direction === 'asc' ? asc : desc;
  const rows = await runPage(cursor, () =>
    executor
      .select({
        event: frictionEvents,
        video: {
          hash: video.hash,
          status: video.status,
          url: video.url,
          width: video.width,
          height: video.height,
          durationSeconds: video.durationSeconds,
          updatedAt: video.updatedAt,
        },
        // As text with all its microseconds, which a Date would lose.
        sortKey: sql<string>`to_jsonb(${column}) #>> '{}'`,
      })
      .from(frictionEvents)
      .leftJoinLateral(video, sql`true`)
      .where(and(...conditions))
      .orderBy(toward(column), toward(frictionEvents.id))
      .limit(options.limit + 1),
  );

  const page = rows.slice(0, options.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...row.event, video: row.video })),
    nextCursor:
      last !== undefined && rows.length > page.length
        ? encodeCursor(order, { key: last.sortKey, id: last.event.id })
        : null,
  };
}

function filterConditions(filters: FrictionEventFilters): (SQL | undefined)[] {
  const { frictionScore, pressureScore, eventDate, fidelityBucket } = frictionEvents;
  return [
    filters.minFrictionScore === undefined ? undefined : gte(frictionScore, filters.minFrictionScore),
    filters.maxFrictionScore === undefined ? undefined : lte(frictionScore, filters.maxFrictionScore),
    filters.minPressureScore === undefined ? undefined : gte(pressureScore, filters.minPressureScore),
    filters.maxPressureScore === undefined ? undefined : lte(pressureScore, filters.maxPressureScore),
    filters.dateFrom === undefined ? undefined : gte(eventDate, filters.dateFrom),
    filters.dateTo === undefined ? undefined : lte(eventDate, filters.dateTo),
    filters.fidelityBucket === undefined ? undefined : eq(fidelityBucket, filters.fidelityBucket),
  ];
}
