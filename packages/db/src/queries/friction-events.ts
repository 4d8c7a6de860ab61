import { ASSET_STATUSES, type AssetStatus, type FidelityBucket } from '@defrag/core';
import type { SQL, SQLWrapper } from 'drizzle-orm';
import type { Executor } from '../database.ts';
import { and, asc, desc, eq, exists, getTableColumns, gte, lte, ne, not, sql } from '../drizzle.ts';
import { InvalidCursorError } from '../errors.ts';
import { assetCachePublic } from '../schema/asset-cache.ts';
import { type FrictionEventRow, frictionEvents } from '../schema/friction-events.ts';
import { videoDetails } from '../schema/video-details.ts';
import { checkPageLimit, decodeCursor, encodeCursor, runPage } from './pages.ts';

/** The sort keys of the list of friction events. Ties are broken by id. */
export const FRICTION_EVENT_SORTS = [
  'event_date',
  'friction_score',
  'pressure_score',
  'created_at',
  'video_status',
] as const;
/** Column by which friction events can be sorted. */
export type FrictionEventSort = (typeof FRICTION_EVENT_SORTS)[number];

/** Bounds are inclusive. A missing filter matches everything. */
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
  /** Status of the event's video. MISSING also matches events without a video. */
  videoStatus?: AssetStatus | undefined;
  /** First hexadecimal digits of the id, at most 32, without dashes. */
  idPrefix?: string | undefined;
}

/** The public facts of the video of an event's current scores and seed. */
export interface FrictionEventVideo {
  hash: string;
  status: AssetStatus;
  url: string | null;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
  updatedAt: Date;
}

/** A friction event with the video of its inputs; null if it was never requested. */
export type FrictionEventWithVideo = FrictionEventRow & { video: FrictionEventVideo | null };

/** The values that, with the event, determine its video. */
interface VideoChoice {
  durationMs: number;
  rendererVersion: string;
}

/** The friction event with this id (a UUID), or undefined. */
export async function findFrictionEvent(
  executor: Executor,
  id: string,
): Promise<FrictionEventRow | undefined> {
  const [event] = await executor.select().from(frictionEvents).where(eq(frictionEvents.id, id));
  return event;
}

type ColumnSort = Exclude<FrictionEventSort, 'video_status'>;

const SORTS = {
  event_date: { name: 'eventDate', type: sql.raw('date') },
  friction_score: { name: 'frictionScore', type: sql.raw('integer') },
  pressure_score: { name: 'pressureScore', type: sql.raw('integer') },
  created_at: { name: 'createdAt', type: sql.raw('timestamptz') },
} as const satisfies Record<ColumnSort, unknown>;

/** Which page of friction events to read. `limit` is the maximum number of items. */
export interface FrictionEventListOptions<Sort> extends VideoChoice {
  limit: number;
  cursor?: string | undefined;
  sort: Sort;
  direction: 'asc' | 'desc';
  filters: FrictionEventFilters;
}

/** One page of friction events; `nextCursor` is null on the last one. */
export interface FrictionEventPage {
  items: FrictionEventWithVideo[];
  nextCursor: string | null;
}

/**
 * One page of friction events, sorted by one of their own columns; see {@link listFrictionEvents}.
 */
export async function listByColumn(
  executor: Executor,
  options: FrictionEventListOptions<ColumnSort>,
): Promise<FrictionEventPage> {
  const { sort, direction, cursor } = options;
  const order = `${sort} ${direction}`;
  const { name, type } = SORTS[sort];
  const column = frictionEvents[name];
  const conditions = [...filterConditions(options.filters), videoCondition(executor, options)];
  if (cursor !== undefined) {
    const { key, id } = decodeCursor(order, cursor);
    const after = sql.raw(direction === 'asc' ? '>' : '<');
    conditions.push(sql`(${column}, ${frictionEvents.id}) ${after} (${key}::${type}, ${id}::uuid)`);
  }

  const toward = direction === 'asc' ? asc : desc;
  const page = executor
    .select({
      ...getTableColumns(frictionEvents),
      // As text with microseconds, which a Date would lose.
      sortKey: sql<string>`to_jsonb(${column}) #>> '{}'`.as('sort_key'),
    })
    .from(frictionEvents)
    .where(and(...conditions))
    .orderBy(toward(column), toward(frictionEvents.id))
    .limit(options.limit + 1)
    .as('page');
  // Only for the events of the page. At most one video has an event's inputs, because its hash is made of them.
  const video = selectVideos(executor).where(hasInputsOf(page, options)).limit(1).as('video');
  const rows = await runPage(cursor, () =>
    executor
      .select()
      .from(page)
      .leftJoinLateral(video, sql`true`)
      .orderBy(toward(page[name]), toward(page.id)),
  );

  const shown = rows.slice(0, options.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => {
      const { sortKey: _, ...event } = row.page;
      return { ...event, video: row.video };
    }),
    nextCursor:
      last !== undefined && rows.length > shown.length
        ? encodeCursor(order, { key: last.page.sortKey, id: last.page.id })
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
    filters.idPrefix === undefined ? undefined : hasIdPrefix(filters.idPrefix),
  ];
}

/** A range of ids, so that the index of the primary key is used. */
function hasIdPrefix(prefix: string): SQL {
  const [lowest, highest] = [prefix.padEnd(32, '0'), prefix.padEnd(32, 'f')];
  return sql`${frictionEvents.id} between ${lowest}::uuid and ${highest}::uuid`;
}

/** A separate condition, so that the planner can start with the few videos of a rare status. */
function videoCondition(
  executor: Executor,
  options: { filters: FrictionEventFilters } & VideoChoice,
): SQL | undefined {
  const { videoStatus } = options.filters;
  if (videoStatus === undefined) return undefined;
  const hasVideo = (status: SQL) =>
    exists(selectVideos(executor).where(and(hasInputsOf(frictionEvents, options), status)));
  return videoStatus === 'MISSING'
    ? not(hasVideo(ne(assetCachePublic.status, 'MISSING')))
    : hasVideo(eq(assetCachePublic.status, videoStatus));
}

function selectVideos(executor: Executor) {
  const { hash, status, url, width, height, durationSeconds, updatedAt } = assetCachePublic;
  return executor
    .select({ hash, status, url, width, height, durationSeconds, updatedAt })
    .from(videoDetails)
    .innerJoin(
      assetCachePublic,
      and(eq(assetCachePublic.hash, videoDetails.hash), eq(assetCachePublic.type, 'VIDEO')),
    );
}

type InputColumns = Record<'frictionScore' | 'pressureScore' | 'provenanceHash', SQLWrapper>;

/** The index has the digest of the seed; the comparison of the seeds themselves decides. */
function hasInputsOf(event: InputColumns, { durationMs, rendererVersion }: VideoChoice): SQL | undefined {
  return and(
    eq(videoDetails.frictionScore, event.frictionScore),
    eq(videoDetails.pressureScore, event.pressureScore),
    sql`md5(${videoDetails.seed}) = md5(${event.provenanceHash})`,
    eq(videoDetails.seed, event.provenanceHash),
    eq(videoDetails.durationMs, durationMs),
    eq(videoDetails.rendererVersion, rendererVersion),
  );
}

/**
 * One page of friction events, each with the video of its current inputs, `durationMs` and `rendererVersion`. Pages continue
 * where the last one ended, whatever was inserted meanwhile: no row is repeated and no existing row is skipped. Sorted by
 * `video_status`, that holds for events whose status does not change. Their order is by status as in ASSET_STATUSES, then by
 * event date.
 *
 * @param options.limit 1..100
 * @param options.cursor `nextCursor` of the previous page, for the same sort and direction
 * @throws InvalidCursorError when the cursor is from another order
 */
export async function listFrictionEvents(
  executor: Executor,
  options: FrictionEventListOptions<FrictionEventSort>,
): Promise<FrictionEventPage> {
  checkPageLimit(options.limit);
  const { sort } = options;
  return sort === 'video_status'
    ? listByStatus(executor, options)
    : listByColumn(executor, { ...options, sort });
}

/** No index has this order, but each status alone has one, so the statuses are read one after the other. */
async function listByStatus(
  executor: Executor,
  options: FrictionEventListOptions<FrictionEventSort>,
): Promise<FrictionEventPage> {
  const { direction, filters, limit } = options;
  const order = `video_status ${direction}`;
  const statuses = (direction === 'asc' ? ASSET_STATUSES : ASSET_STATUSES.toReversed()).filter(
    (status) => filters.videoStatus === undefined || filters.videoStatus === status,
  );
  const place = options.cursor === undefined ? undefined : decodeCursor(order, options.cursor);
  const first = place === undefined ? 0 : (statuses as string[]).indexOf(place.key);
  if (first < 0) throw new InvalidCursorError();

  const items: FrictionEventWithVideo[] = [];
  // Empty at the start of a status.
  let cursor = place?.id || undefined;
  for (const videoStatus of statuses.slice(first)) {
    const room = limit - items.length;
    const page = await listByColumn(executor, {
      ...options,
      sort: 'event_date',
      cursor,
      // Once the page is full, fetch one row only, to know whether there is a next page.
      limit: Math.max(room, 1),
      filters: { ...filters, videoStatus },
    });
    cursor = undefined;
    const nextCursor = (id: string) => encodeCursor(order, { key: videoStatus, id });
    if (room === 0 && page.items.length > 0) return { items, nextCursor: nextCursor('') };
    if (room === 0) continue;
    items.push(...page.items);
    if (page.nextCursor !== null) return { items, nextCursor: nextCursor(page.nextCursor) };
  }
  return { items, nextCursor: null };
}
