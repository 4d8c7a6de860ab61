import { randomUUID } from 'node:crypto';
import type { SQL } from 'drizzle-orm';
import type { Executor } from '../database.ts';
import { and, eq, getTableColumns, gt, inArray, or, sql } from '../drizzle.ts';
import {
  ACTIVE_LAMBDA_RENDER_STATES,
  type LambdaRender,
  type LambdaRenderState,
  type LambdaWebhookOutcome,
  lambdaRenders,
} from '../schema/lambda-renders.ts';
import { renderJobs } from '../schema/render-jobs.ts';

/** Key of the advisory lock under which the account's concurrency is divided; any number that nobody else uses. */
const SLOTS_LOCK = 4_027_115_308;

/** What {@link beginLambdaRender} found. */
export type LambdaRenderBegin =
  /** A new one, to be invoked. */
  | { kind: 'begun'; render: LambdaRender }
  /** The job's own, begun by this or another process, under way or SUCCEEDED: it must not be invoked again. */
  | { kind: 'resumed'; render: LambdaRender }
  /** The account's concurrency is in use. */
  | { kind: 'full' };

/**
 * Begins a render on Lambda before anything is asked of AWS: takes its share of the account's concurrency, unless the job has one
 * under way already, or one whose file waits to be fetched. Shares whose time is over count as free, so that nobody's death keeps them. Opens a transaction, or a savepoint in one.
 *
 * @param facts.objectKeyOf key for the file of a render with the given id
 * @param facts.slots concurrent invocations that it takes, at most `budget`
 * @param facts.budget concurrent invocations that all renders together may take
 * @param facts.lifetimeSeconds seconds after which it is given up, and its share free
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
    if (render === undefined) throw new Error('nothing was written');
    return { kind: 'begun', render };
  });
}

/**
 * AWS has taken the invocation: its id is written down before anybody waits for it. May be repeated.
 *
 * @returns false when the render has ended meanwhile
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
 * A webhook came. The first one counts, and only of a render that is under way; it also brings Remotion's id when the answer to the
 * invocation was lost. Opens a transaction, or a savepoint in one.
 *
 * @returns `recorded`; `ignored` when it was told before or has ended; `unknown` when there is no such render, or its id is another
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

/** A render on Lambda, and whether its deadline has passed, by the clock of the database that set it. */
export type LambdaRenderSighting = LambdaRender & { isOverdue: boolean };

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
 * Ends a render on Lambda, once: its cost is added to that of its job, and its share of the concurrency is given back. Opens a
 * transaction, or a savepoint in one.
 *
 * @param facts.costUsd null where it is not known
 * @param facts.slotsHeldForSeconds seconds that its invocations may still take to end. (Default: 0)
 * @returns false, with nothing changed, when it had ended before
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

/** The file of a render that SUCCEEDED is gone: its job may begin another one. */
export async function discardLambdaRender(executor: Executor, id: string): Promise<void> {
  await executor
    .update(lambdaRenders)
    .set({ state: 'FAILED' })
    .where(and(eq(lambdaRenders.id, id), eq(lambdaRenders.state, 'SUCCEEDED')));
}

/** All renders on Lambda of a job, the first one first. */
export async function listLambdaRenders(executor: Executor, jobId: string): Promise<LambdaRender[]> {
  return await executor
    .select()
    .from(lambdaRenders)
    .where(eq(lambdaRenders.jobId, jobId))
    .orderBy(lambdaRenders.createdAt);
}

function isActive(): SQL {
  return inArray(lambdaRenders.state, ACTIVE_LAMBDA_RENDER_STATES);
}
