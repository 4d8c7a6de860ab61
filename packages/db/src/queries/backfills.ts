import { ACTIVE_BACKFILL_STATES, type BackfillItemState, type BackfillState } from '@defrag/core';
import type { SQL } from 'drizzle-orm';
import type { Executor } from '../database.ts';
import { and, asc, desc, eq, inArray, sql } from '../drizzle.ts';
import { DatabaseError } from '../errors.ts';
import { assetCachePublic } from '../schema/asset-cache.ts';
import { type BackfillRow, backfillItems, backfills } from '../schema/backfills.ts';
import { type FrictionEventRow, frictionEvents } from '../schema/friction-events.ts';
import { renderJobs } from '../schema/render-jobs.ts';
import { videoDetails } from '../schema/video-details.ts';
import { isActive } from './active-job.ts';
import { checkPageLimit } from './pages.ts';

/** The videos that a backfill renders. */
export interface BackfillChoice {
  durationMs: number;
  rendererVersion: string;
}

/** What a backfill would find now. Events with the same inputs share one video. */
export interface BackfillSurvey {
  events: number;
  videos: number;
  ready: number;
  underWay: number;
}

/** A backfill with the number of its videos in each state, which add up to `total`. */
export type BackfillWithProgress = BackfillRow & { progress: Record<BackfillItemState, number> };

/** Counts the events and their different videos by status. Changes nothing. */
export async function surveyBackfill(executor: Executor, choice: BackfillChoice): Promise<BackfillSurvey> {
  const { rows } = await executor.execute<BackfillSurvey & Record<string, unknown>>(sql`
    with videos as (${distinctVideos(choice)})
    select (select count(*) from ${frictionEvents})::int as events, count(*)::int as videos,
      (count(*) filter (where status = 'READY'))::int as ready,
      (count(*) filter (where status = 'QUEUED'))::int as "underWay"
    from videos
  `);
  return rows[0] ?? { events: 0, videos: 0, ready: 0, underWay: 0 };
}

/**
 * Starts a backfill: records every different video that is not READY. Without one it is COMPLETED at once. Call it in a
 * transaction.
 *
 * @returns its id, or undefined while another one is active
 */
export async function createBackfill(
  tx: Executor,
  options: BackfillChoice & { concurrency: number },
): Promise<string | undefined> {
  const { durationMs, rendererVersion, concurrency } = options;
  const id = await insertBackfill(tx, { durationMs, rendererVersion, concurrency });
  if (id === undefined) return undefined;
  await tx.execute(sql`
    with videos as (${distinctVideos(options)}),
    items as (
      insert into ${backfillItems} (backfill_id, friction_id)
      select ${id}::uuid, id from videos where status is distinct from 'READY'
      returning 1
    )
    update ${backfills}
    set events = (select count(*) from ${frictionEvents}), videos = (select count(*) from videos),
      total = (select count(*) from items)
    where id = ${id}::uuid
  `);
  await completeBackfillIfDone(tx, id);
  return id;
}

/** Uses a savepoint, so that a conflict leaves the caller's transaction usable. */
async function insertBackfill(
  tx: Executor,
  values: BackfillChoice & { concurrency: number },
): Promise<string | undefined> {
  try {
    return await tx.transaction(async (savepoint) => {
      const [row] = await savepoint.insert(backfills).values(values).returning({ id: backfills.id });
      return row?.id;
    });
  } catch (error) {
    if (error instanceof DatabaseError && error.constraint === 'backfills_one_active_index') return undefined;
    throw error;
  }
}

/** One event for each different video, with the video's status; null if it was never requested. */
function distinctVideos({ durationMs, rendererVersion }: BackfillChoice): SQL {
  const { id, frictionScore, pressureScore, provenanceHash } = frictionEvents;
  return sql`
    select event.id, video.status
    from (
      select distinct on (${frictionScore}, ${pressureScore}, ${provenanceHash})
        ${id} as id, ${frictionScore} as friction_score, ${pressureScore} as pressure_score,
        ${provenanceHash} as provenance_hash
      from ${frictionEvents}
      order by ${frictionScore}, ${pressureScore}, ${provenanceHash}, ${id}
    ) as event
    left join lateral (
      select ${assetCachePublic.status} as status
      from ${videoDetails}
      join ${assetCachePublic} on ${assetCachePublic.hash} = ${videoDetails.hash} and ${assetCachePublic.type} = 'VIDEO'
      where ${videoDetails.frictionScore} = event.friction_score
        and ${videoDetails.pressureScore} = event.pressure_score
        and md5(${videoDetails.seed}) = md5(event.provenance_hash)
        and ${videoDetails.seed} = event.provenance_hash
        and ${videoDetails.durationMs} = ${durationMs}
        and ${videoDetails.rendererVersion} = ${rendererVersion}
      limit 1
    ) as video on true
  `;
}

/** The newest backfills with their progress. `limit` is 1..100. */
export async function listBackfills(executor: Executor, limit: number): Promise<BackfillWithProgress[]> {
  checkPageLimit(limit);
  const found = await executor
    .select()
    .from(backfills)
    .orderBy(desc(backfills.createdAt), desc(backfills.id))
    .limit(limit);
  return withProgress(executor, found);
}

/** The backfill with this id and its progress, or undefined. */
export async function findBackfill(
  executor: Executor,
  id: string,
): Promise<BackfillWithProgress | undefined> {
  const found = await executor.select().from(backfills).where(eq(backfills.id, id));
  return (await withProgress(executor, found))[0];
}

/**
 * Changes the state of an active backfill. Call it in a transaction.
 *
 * @returns false when there is no such backfill, or it has ended
 */
export async function setBackfillState(
  tx: Executor,
  id: string,
  state: Exclude<BackfillState, 'COMPLETED'>,
): Promise<boolean> {
  const changed = await tx
    .update(backfills)
    .set({ state, finishedAt: state === 'CANCELLED' ? sql`now()` : null })
    .where(and(eq(backfills.id, id), inArray(backfills.state, ACTIVE_BACKFILL_STATES)))
    .returning({ id: backfills.id });
  return changed.length > 0;
}

/** Completes a RUNNING backfill without a waiting or running render. */
export async function completeBackfillIfDone(tx: Executor, id: string): Promise<void> {
  await tx
    .update(backfills)
    .set({ state: 'COMPLETED', finishedAt: sql`now()` })
    .where(
      and(
        eq(backfills.id, id),
        eq(backfills.state, 'RUNNING'),
        sql`not exists (
          select from ${backfillItems}
          where ${backfillItems.backfillId} = ${id} and ${backfillItems.state} in ('WAITING', 'HANDED_OUT')
        )`,
      ),
    );
}

/** Counts renders that have ended as ended, even when their item still says HANDED_OUT. */
async function withProgress(executor: Executor, found: BackfillRow[]): Promise<BackfillWithProgress[]> {
  if (found.length === 0) return [];
  const state = sql<BackfillItemState>`${presentState()}`.as('present_state');
  const counts = await executor
    .select({ id: backfillItems.backfillId, state, count: sql<number>`count(*)::int` })
    .from(backfillItems)
    .leftJoin(renderJobs, and(eq(backfillItems.state, 'HANDED_OUT'), eq(renderJobs.id, backfillItems.jobId)))
    .where(
      inArray(
        backfillItems.backfillId,
        found.map(({ id }) => id),
      ),
    )
    .groupBy(backfillItems.backfillId, sql`present_state`);
  return found.map((backfill) => {
    const progress = { WAITING: 0, HANDED_OUT: 0, SUCCEEDED: 0, FAILED: 0, CANCELLED: 0, SKIPPED: 0 };
    for (const { id, state, count } of counts) if (id === backfill.id) progress[state] = count;
    return { ...backfill, progress };
  });
}

/** The state of an item, or of its render once that is queued. A missing render was deleted with its video. */
export function presentState(): SQL {
  return sql`case
    when ${backfillItems.state} <> 'HANDED_OUT' then ${backfillItems.state}
    when ${renderJobs.id} is null then 'CANCELLED'
    when ${isActive()} then 'HANDED_OUT'
    else ${renderJobs.state}
  end`;
}

/**
 * Claims a running backfill until the transaction ends. Meanwhile other processes get nothing, without waiting. If this process
 * dies, its connection ends, and the next caller gets the backfill.
 *
 * @returns undefined when none runs for this renderer version, or another process has claimed it
 */
export async function claimBackfill(tx: Executor, rendererVersion: string): Promise<BackfillRow | undefined> {
  const [backfill] = await tx
    .select()
    .from(backfills)
    .where(and(eq(backfills.state, 'RUNNING'), eq(backfills.rendererVersion, rendererVersion)))
    .limit(1)
    .for('update', { skipLocked: true });
  return backfill;
}

/**
 * Records which of the queued renders have ended.
 *
 * @returns the number of active ones
 */
export async function settleBackfillItems(tx: Executor, backfillId: string): Promise<number> {
  const { rows } = await tx.execute<{ under_way: number }>(sql`
    with handed_out as (
      select ${backfillItems.frictionId} as friction_id, ${presentState()} as present_state
      from ${backfillItems}
      left join render_jobs on render_jobs.id = ${backfillItems.jobId}
      where ${backfillItems.backfillId} = ${backfillId}::uuid and ${backfillItems.state} = 'HANDED_OUT'
    ),
    settled as (
      update ${backfillItems} set state = handed_out.present_state
      from handed_out
      where ${backfillItems.backfillId} = ${backfillId}::uuid
        and ${backfillItems.frictionId} = handed_out.friction_id
        and handed_out.present_state <> 'HANDED_OUT'
    )
    select count(*)::int as under_way from handed_out where present_state = 'HANDED_OUT'
  `);
  return rows[0]?.under_way ?? 0;
}

/** A waiting video of a backfill, with its event; null when that was deleted. */
export interface WaitingItem {
  frictionId: string;
  event: FrictionEventRow | null;
}

/** The next waiting videos of a backfill. `limit` is 1..100. */
export async function nextBackfillItems(
  tx: Executor,
  backfillId: string,
  limit: number,
): Promise<WaitingItem[]> {
  checkPageLimit(limit);
  return await tx
    .select({ frictionId: backfillItems.frictionId, event: frictionEvents })
    .from(backfillItems)
    .leftJoin(frictionEvents, eq(frictionEvents.id, backfillItems.frictionId))
    .where(and(eq(backfillItems.backfillId, backfillId), eq(backfillItems.state, 'WAITING')))
    .orderBy(asc(backfillItems.frictionId))
    .limit(limit);
}

/**
 * Records that the render of a waiting video was queued.
 *
 * @param item.jobId the new or joined render; null when there is nothing to render
 */
export async function recordBackfillItem(
  tx: Executor,
  item: { backfillId: string; frictionId: string; jobId: string | null },
): Promise<void> {
  await tx
    .update(backfillItems)
    .set({ state: item.jobId === null ? 'SKIPPED' : 'HANDED_OUT', jobId: item.jobId })
    .where(and(eq(backfillItems.backfillId, item.backfillId), eq(backfillItems.frictionId, item.frictionId)));
}
