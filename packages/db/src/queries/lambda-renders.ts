import { randomUUID } from 'node:crypto';
import type { SQL } from 'drizzle-orm';
import type { Executor } from '../database.ts';
import { and, eq, getTableColumns, gt, inArray, or, sql } from '../drizzle.ts';
import {
  ACTIVE_LAMBDA_RENDER_STATES,
  type LambdaRenderRow,
  type LambdaRenderState,
  type LambdaWebhookOutcome,
  lambdaRenders,
} from '../schema/lambda-renders.ts';
import { renderJobs } from '../schema/render-jobs.ts';

/** Key of the advisory lock around the account's concurrency; any number that nothing else uses. */
const SLOTS_LOCK = 4_027_115_308;

/** What became of a request to begin a render on Lambda. */
export type LambdaRenderBegin =
  /** A new render, which the caller must invoke. */
  | { kind: 'begun'; render: LambdaRenderRow }
  /** The job's active or SUCCEEDED render, begun by this or another process. It must not be invoked again. */
  | { kind: 'resumed'; render: LambdaRenderRow }
  /** The account's concurrency is used up. */
  | { kind: 'full' };

/**
 * Starts a render on Lambda before AWS is called: reserves its share of the account's concurrency, unless the job has an active
 * render, or one whose file waits to be fetched. Expired shares count as free, so that a dead process does not keep them. Opens
 * a transaction, or a savepoint in one.
 *
 * @param facts.objectKeyOf key for the file of a render with the given id
 * @param facts.slots concurrent invocations that it takes, at most `budget`
 * @param facts.budget concurrent invocations that all renders together may take
 * @param facts.lifetimeSeconds seconds after which it is given up and its share is free
 */
export function beginLambdaRender(
  executor: Executor,
  facts: {
    jobId: string;
    objectKeyOf(id: string): string;
    slots: number;
    budget: number;
    lifetimeSeconds: number;
  },
): Promise<LambdaRenderBegin> {
  return executor.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${SLOTS_LOCK}::bigint)`);
    const [own] = await tx
      .select()
      .from(lambdaRenders)
      .where(and(eq(lambdaRenders.jobId, facts.jobId), or(isActive(), eq(lambdaRenders.state, 'SUCCEEDED'))));
    if (own !== undefined) return { kind: 'resumed', render: own };
    const [used] = await tx
      .select({ slots: sql<number>`coalesce(sum(${lambdaRenders.slots}), 0)::int` })
      .from(lambdaRenders)
      .where(gt(lambdaRenders.slotsUntil, sql`now()`));
    if ((used?.slots ?? 0) + facts.slots > facts.budget) return { kind: 'full' };
    const until = sql`now() + ${facts.lifetimeSeconds} * interval '1 second'`;
    const id = randomUUID();
    const [render] = await tx
      .insert(lambdaRenders)
      .values({
        id,
        jobId: facts.jobId,
        objectKey: facts.objectKeyOf(id),
        slots: facts.slots,
        slotsUntil: until,
        deadlineAt: until,
      })
      .returning();
    if (render === undefined) throw new Error('an insert with RETURNING returned nothing');
    return { kind: 'begun', render };
  });
}

/**
 * Records the id of an accepted invocation, before anything waits for it. May be repeated.
 *
 * @returns false when the render has ended
 */
export async function recordLambdaInvocation(
  executor: Executor,
  facts: { id: string; remotionRenderId: string },
): Promise<boolean> {
  const running = await executor
    .update(lambdaRenders)
    .set({ state: 'RUNNING', remotionRenderId: facts.remotionRenderId })
    .where(and(eq(lambdaRenders.id, facts.id), isActive()))
    .returning({ id: lambdaRenders.id });
  return running.length > 0;
}

/**
 * Records a webhook. Only the first one of an active render counts; it also brings Remotion's id when the response to the
 * invocation was lost. Opens a transaction, or a savepoint in one.
 *
 * @returns `ignored` for a second webhook or an ended render; `unknown` for an unknown render or another Remotion id
 */
export function recordLambdaWebhook(
  executor: Executor,
  facts: { id: string; remotionRenderId: string; outcome: LambdaWebhookOutcome },
): Promise<'recorded' | 'ignored' | 'unknown'> {
  return executor.transaction(async (tx) => {
    const [render] = await tx
      .select()
      .from(lambdaRenders)
      .where(eq(lambdaRenders.id, facts.id))
      .for('update');
    if (render === undefined) return 'unknown';
    const { remotionRenderId } = render;
    if (remotionRenderId !== null && remotionRenderId !== facts.remotionRenderId) return 'unknown';
    const isOpen = (ACTIVE_LAMBDA_RENDER_STATES as readonly string[]).includes(render.state);
    if (!isOpen || render.webhookAt !== null) return 'ignored';
    await tx
      .update(lambdaRenders)
      .set({
        state: 'RUNNING',
        remotionRenderId: facts.remotionRenderId,
        webhookOutcome: facts.outcome,
        webhookAt: sql`now()`,
      })
      .where(eq(lambdaRenders.id, facts.id));
    return 'recorded';
  });
}

/** A render on Lambda, and whether its deadline has passed by the clock of the database. */
export type LambdaRenderSighting = LambdaRenderRow & { isOverdue: boolean };

/** A render on Lambda; undefined when there is none, or its video was deleted. */
export async function findLambdaRender(
  executor: Executor,
  id: string,
): Promise<LambdaRenderSighting | undefined> {
  const [render] = await executor
    .select({
      ...getTableColumns(lambdaRenders),
      isOverdue: sql<boolean>`${lambdaRenders.deadlineAt} <= now()`,
    })
    .from(lambdaRenders)
    .where(eq(lambdaRenders.id, id));
  return render;
}

/**
 * Ends a render on Lambda once: adds its cost to its job, and frees its share of the concurrency. Opens a transaction, or a
 * savepoint in one.
 *
 * @param facts.costUsd null when unknown
 * @param facts.slotsHeldForSeconds seconds until its invocations have ended. (Default: 0)
 * @returns false, with nothing changed, when it had already ended
 */
export function endLambdaRender(
  executor: Executor,
  facts: {
    id: string;
    state: Exclude<LambdaRenderState, 'INVOKING' | 'RUNNING'>;
    costUsd: number | null;
    slotsHeldForSeconds?: number;
  },
): Promise<boolean> {
  const { id, state, costUsd, slotsHeldForSeconds = 0 } = facts;
  return executor.transaction(async (tx) => {
    const [ended] = await tx
      .update(lambdaRenders)
      .set({
        state,
        costUsd,
        slotsUntil: sql`least(${lambdaRenders.slotsUntil}, now() + ${slotsHeldForSeconds} * interval '1 second')`,
      })
      .where(and(eq(lambdaRenders.id, id), isActive()))
      .returning({ jobId: lambdaRenders.jobId });
    if (ended === undefined) return false;
    if (costUsd !== null) {
      await tx
        .update(renderJobs)
        .set({ costUsd: sql`coalesce(${renderJobs.costUsd}, 0) + ${costUsd}::numeric` })
        .where(eq(renderJobs.id, ended.jobId));
    }
    return true;
  });
}

/** Marks a SUCCEEDED render whose file is lost as FAILED, so that its job may start another one. */
export async function discardLambdaRender(executor: Executor, id: string): Promise<void> {
  await executor
    .update(lambdaRenders)
    .set({ state: 'FAILED' })
    .where(and(eq(lambdaRenders.id, id), eq(lambdaRenders.state, 'SUCCEEDED')));
}

/** All renders on Lambda of a job, oldest first. */
export async function listLambdaRenders(executor: Executor, jobId: string): Promise<LambdaRenderRow[]> {
  return await executor
    .select()
    .from(lambdaRenders)
    .where(eq(lambdaRenders.jobId, jobId))
    .orderBy(lambdaRenders.createdAt);
}

function isActive(): SQL {
  return inArray(lambdaRenders.state, ACTIVE_LAMBDA_RENDER_STATES);
}
