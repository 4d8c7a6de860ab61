import { hostname } from 'node:os';
import { type Database, type Executor, executeSqlWith } from '@defrag/db';
import { type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import {
  DEAD_RENDER_QUEUE,
  ENDED_JOB_SECONDS,
  HEARTBEAT_SECONDS,
  RENDER_QUEUE,
  RETRY_POLICY,
  type RenderJobPayload,
  RenderJobPayloadSchema,
} from './render-job.ts';

/** One try of a job, as a worker gets it. */
export interface RenderTry {
  readonly payload: RenderJobPayload;
  /** 1 for the first try. */
  readonly tryNumber: number;
  /** True when the queue will not offer the job again after this try. */
  readonly isLastTry: boolean;
  /** Aborted when the try takes too long or counts as dead. */
  readonly signal: AbortSignal;
  /** Aborted when the process stops. */
  readonly stopping: AbortSignal;
}

/** How a try ended: `again` puts the job back for the next try, `ended` ends it. */
export type RenderTryOutcome = 'ended' | 'again';

/** Takes one try of a job. It may be called twice for the same job and must then do no harm. */
export type RenderTryHandler = (attempt: RenderTry) => Promise<RenderTryOutcome>;

/** The durable queue of renders, in the same database as everything else. */
export interface RenderQueue {
  /**
   * Adds a job inside an open transaction: it exists if and only if the transaction commits. A render may have several over
   * time, of which only one is not ended.
   *
   * @param options.inBackground whether it waits behind all others. (Default: false)
   */
  enqueue(
    transaction: Executor,
    payload: RenderJobPayload,
    options?: { readonly inBackground?: boolean },
  ): Promise<void>;
  /** Those of the given renders of which a job waits or is in work. One question, however many they are. */
  held(jobIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Begins to work on jobs, `concurrency` at a time. `onDead` is called for jobs whose worker died on the last try. */
  work(options: {
    concurrency: number;
    handler: RenderTryHandler;
    onDead: (payload: RenderJobPayload) => Promise<void>;
  }): Promise<void>;
  /** Fetches no more, aborts what is in work and waits for its end. Jobs can still be added. */
  stopWork(): Promise<void>;
  /** Stops the work and closes the queue. */
  close(): Promise<void>;
}

/** Priority of what nobody waits for; that of all others is 0, and the highest goes first. */
const BACKGROUND_PRIORITY = -1;

/** Seconds that running handlers get to put their job back after they were aborted. */
const STOP_TIMEOUT_SECONDS = 10;

/**
 * Opens the queue on the given database and creates what it needs there.
 *
 * @param options.databaseUrl set for PostgreSQL, where the queue holds connections of its own; without it the queue shares
 * the embedded database's one session
 * @param options.tries times that a job is tried in all
 * @param options.timeoutSeconds seconds after which a try counts as failed
 * @throws whatever the database throws when it is out of reach
 */
export async function openRenderQueue(options: {
  database: Database;
  databaseUrl?: string | undefined;
  logger: Logger;
  tries: number;
  timeoutSeconds: number;
}): Promise<RenderQueue> {
  const { database, databaseUrl, logger, tries, timeoutSeconds } = options;
  const boss = new PgBoss({
    ...(databaseUrl === undefined
      ? { db: database, backend: 'pglite' as const }
      : { connectionString: databaseUrl, application_name: 'defrag-queue', max: 4 }),
    useListenNotify: true,
    instanceName: hostname(),
    // The monitor is what notices dead workers; its default of a minute would double the wait for a new try.
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    // Removes ended jobs; its default is a day.
    maintenanceIntervalSeconds: 900,
    schedule: false,
    warningSlowQuerySeconds: 60,
  });
  boss.on('error', (error) => logger.error({ err: error }, 'queue error'));
  boss.on('warning', (warning) => logger.warn({ warning: warning.message }, 'queue warning'));
  await boss.start();

  const policy = {
    retryLimit: tries - 1,
    retryDelay: RETRY_POLICY.delaySeconds,
    retryDelayMax: RETRY_POLICY.maxDelaySeconds,
    retryBackoff: true,
    expireInSeconds: timeoutSeconds,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: ENDED_JOB_SECONDS,
    notify: true,
  };
  await boss.createQueue(DEAD_RENDER_QUEUE, { retryLimit: 10, retryDelay: 5, retryBackoff: true });
  await boss.createQueue(RENDER_QUEUE, { ...policy, deadLetter: DEAD_RENDER_QUEUE });
  // createQueue leaves an existing queue as it is, and the environment may have changed since.
  await boss.updateQueue(RENDER_QUEUE, policy);

  const stopping = new AbortController();
  const stopWork = async () => {
    stopping.abort();
    await boss.offWork(RENDER_QUEUE, { wait: true });
    await boss.offWork(DEAD_RENDER_QUEUE, { wait: true });
  };

  return {
    async enqueue(transaction, payload, { inBackground = false } = {}) {
      const priority = inBackground ? BACKGROUND_PRIORITY : 0;
      await boss.send(RENDER_QUEUE, payload, { db: executeSqlWith(transaction), priority });
    },

    async held(jobIds) {
      // pg-boss finds jobs by their data one at a time, and has no index for it: each time the whole queue would be read.
      const { rows } = await database.executeSql(
        `select data->>'jobId' as id from pgboss.job
         where name = $1 and state in ('created', 'retry', 'active')
           and data->>'jobId' in (select jsonb_array_elements_text($2::jsonb))`,
        [RENDER_QUEUE, JSON.stringify(jobIds)],
      );
      return new Set((rows as { id: string }[]).map(({ id }) => id));
    },

    async work({ concurrency, handler, onDead }) {
      await boss.work(
        RENDER_QUEUE,
        {
          includeMetadata: true,
          perJobResults: true,
          batchSize: 1,
          localConcurrency: concurrency,
          pollingIntervalSeconds: 0.5,
          // New jobs are heard of at once; a retry becomes due without a word, and its delay is a second.
          notifyPollingIntervalSeconds: 1,
          heartbeatRefreshSeconds: HEARTBEAT_SECONDS / 3,
        },
        (jobs: JobWithMetadata<RenderJobPayload>[]) =>
          Promise.all(jobs.map((job) => settle(job, handler, stopping.signal))),
      );
      await boss.work<RenderJobPayload>(
        DEAD_RENDER_QUEUE,
        { batchSize: 1, pollingIntervalSeconds: 2 },
        async (jobs) => {
          for (const job of jobs) await onDead(RenderJobPayloadSchema.parse(job.data));
        },
      );
    },

    stopWork,

    async close() {
      await stopWork();
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_SECONDS * 1_000, close: true });
    },
  };
}

async function settle(
  job: JobWithMetadata<RenderJobPayload>,
  handler: RenderTryHandler,
  stopping: AbortSignal,
) {
  const outcome = await handler({
    payload: RenderJobPayloadSchema.parse(job.data),
    tryNumber: job.retryCount + 1,
    isLastTry: job.retryCount >= job.retryLimit,
    signal: job.signal,
    stopping,
  });
  // A failed try without another one is settled here and not left to the dead letters: those are for dead workers.
  return { id: job.id, status: outcome === 'again' ? ('failed' as const) : ('completed' as const) };
}
