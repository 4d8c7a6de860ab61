import { and, asc, eq, sql } from '../drizzle.ts';
import type { Executor } from '../executor.ts';
import { backfillItems } from '../schema/backfill-items.ts';
import { type Backfill, backfills } from '../schema/backfills.ts';
import { type FrictionEvent, frictionEvents } from '../schema/friction-events.ts';
import { presentState } from './backfills.ts';
import { checkPageLimit } from './page-limit.ts';

/**
 * Takes hold of a running backfill until the transaction ends. Other processes that ask meanwhile get nothing and wait for
 * nobody; if this one dies, its connection does, and the next to ask gets it.
 *
 * @returns undefined when none runs under this renderer version, or another process has it in hand
 */
export async function claimBackfill(tx: Executor, rendererVersion: string): Promise<Backfill | undefined> {
  const [backfill] = await tx
    .select()
    .from(backfills)
    .where(and(eq(backfills.state, 'RUNNING'), eq(backfills.rendererVersion, rendererVersion)))
    .limit(1)
    .for('update', { skipLocked: true });
  return backfill;
}

/**
 * Writes down which of the renders that were handed out have ended.
 *
 * @returns how many are still under way
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

/** One video of a backfill that waits, and its event; null when that is gone. */
export interface WaitingItem {
  frictionId: string;
  event: FrictionEvent | null;
}

/** The next videos of a backfill that wait. `limit` is 1..100. */
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
 * Writes down what became of a video that waited.
 *
 * @param item.jobId the render that was begun or joined; null when there is nothing to render
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
