import type { SQL } from 'drizzle-orm';
import { and, desc, eq, inArray, sql } from '../drizzle.ts';
import { DatabaseError } from '../errors.ts';
import type { Executor } from '../executor.ts';
import { assetCachePublic } from '../schema/asset-cache-public.ts';
import { backfillItems } from '../schema/backfill-items.ts';
import { type Backfill, backfills } from '../schema/backfills.ts';
import { frictionEvents } from '../schema/friction-events.ts';
import { renderJobs } from '../schema/render-jobs.ts';
import { videoDetails } from '../schema/video-details.ts';
import { ACTIVE_BACKFILL_STATES, type BackfillItemState, type BackfillState } from '../schema/vocabulary.ts';
import { checkPageLimit } from './page-limit.ts';

/** Which videos a backfill is about. */
export interface BackfillChoice {
  durationMs: number;
  rendererVersion: string;
}

/** What a backfill would find now. Events with equal inputs share one video. */
export interface BackfillSurvey {
  events: number;
  videos: number;
  ready: number;
  underWay: number;
}

/** A backfill, and how many of its videos are in each state. They add up to `total`. */
export type BackfillWithProgress = Backfill & { progress: Record<BackfillItemState, number> };

/** Counts the events, their different videos and how these stand, without changing anything. */
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
 * Begins a backfill: writes down every different video that is not READY. One without any is COMPLETED at once. To be called in
 * a transaction.
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

/** In a savepoint, so that a refusal leaves the caller's transaction usable. */
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

/** One event for each different video, with the video's status; null where it was never asked for. */
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
 * Changes the state of a backfill that is active. To be called in a transaction.
 *
 * @returns false when there is none with this id, or it has ended
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

/** A backfill has ended when it runs and nothing of it waits or is under way. */
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

/** What has been handed out and has ended since counts as ended, whether its row says so already or not. */
async function withProgress(executor: Executor, found: Backfill[]): Promise<BackfillWithProgress[]> {
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

/** The state of an item, after its render where that was handed out. A render that is gone went with its video. */
export function presentState(): SQL {
  return sql`case
    when ${backfillItems.state} <> 'HANDED_OUT' then ${backfillItems.state}
    when ${renderJobs.id} is null then 'CANCELLED'
    when ${renderJobs.state} in ('QUEUED', 'RENDERING') then 'HANDED_OUT'
    else ${renderJobs.state}
  end`;
}
