import type { Executor } from '../database.ts';
import { and, desc, eq, getTableColumns, sql } from '../drizzle.ts';
import { renderJobs } from '../schema/render-jobs.ts';
import { type RenderWorkerRow, renderWorkers } from '../schema/render-workers.ts';

/** What a worker reports of itself. */
export type WorkerFacts = Pick<
  RenderWorkerRow,
  'id' | 'name' | 'host' | 'pid' | 'engine' | 'rendererVersion' | 'concurrency'
>;

/** A worker that was seen within a day. */
export type WorkerSighting = RenderWorkerRow & {
  /** Number of its running renders. */
  rendering: number;
  /** Whether it was seen within `aliveForSeconds`. */
  alive: boolean;
};

/** Records a worker's heartbeat, and deletes workers that were not seen for a day. */
export async function recordWorkerHeartbeat(executor: Executor, worker: WorkerFacts): Promise<void> {
  await executor
    .insert(renderWorkers)
    .values(worker)
    .onConflictDoUpdate({ target: renderWorkers.id, set: { ...worker, lastSeenAt: sql`now()` } });
  await executor.delete(renderWorkers).where(sql`${renderWorkers.lastSeenAt} < now() - interval '1 day'`);
}

/** Deletes the row of a worker that stopped. */
export async function removeWorker(executor: Executor, id: string): Promise<void> {
  await executor.delete(renderWorkers).where(eq(renderWorkers.id, id));
}

/**
 * All workers that were seen within a day, newest first, by the clock of the database.
 *
 * @param options.aliveForSeconds seconds of silence after which a worker counts as dead
 */
export async function listWorkers(
  executor: Executor,
  options: { aliveForSeconds: number },
): Promise<WorkerSighting[]> {
  const rendering = executor
    .select({ count: sql<number>`count(*)::int`.as('count') })
    .from(renderJobs)
    .where(and(eq(renderJobs.state, 'RENDERING'), eq(renderJobs.worker, renderWorkers.name)))
    .as('rendering');
  return await executor
    .select({
      ...getTableColumns(renderWorkers),
      rendering: rendering.count,
      alive: sql<boolean>`${renderWorkers.lastSeenAt} >= now() - ${options.aliveForSeconds} * interval '1 second'`,
    })
    .from(renderWorkers)
    .innerJoinLateral(rendering, sql`true`)
    .orderBy(desc(renderWorkers.createdAt), desc(renderWorkers.id));
}
