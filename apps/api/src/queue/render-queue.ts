import { hostname } from 'node:os';
import { type Database, type Executor, sql } from '@defrag/db';
import { fromDrizzle, type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Env } from '../env.ts';
import {
  DEAD_RENDER_QUEUE,
  ENDED_JOB_SECONDS,
  RENDER_QUEUE,
  RETRY_POLICY,
  type RenderJobPayload,
  RenderJobPayloadSchema,
} from './render-job.ts';

export interface RenderTry {
  readonly payload: RenderJobPayload;
  readonly tryNumber: number;
  readonly isLastTry: boolean;
  /** Aborts when the try takes too long, or its worker counts as dead. */
  readonly signal: AbortSignal;
  readonly stopping: AbortSignal;
}

/** `again` puts the job back for its next try, `ended` ends it. */
export type RenderTryOutcome = 'ended' | 'again';

/** Runs one try of a job. It may be called twice for the same job, without harm. */
type RenderTryHandler = (renderTry: RenderTry) => Promise<RenderTryOutcome>;

/** The durable queue of renders, in the same database as all other tables. */
export interface RenderQueue {
  /**
   * Adds a job inside an open transaction: the job exists if and only if the transaction commits. A render may get several
   * over time, of which at most one has not ended.
   *
   * @param options.inBackground whether it waits behind all other jobs. (Default: false)
   */
  enqueue(
    transaction: Executor,
    payload: RenderJobPayload,
    options?: { readonly inBackground?: boolean },
  ): Promise<void>;
  /** Those of the given renders that have a waiting or running job, found with one query. */
  held(jobIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Starts to run jobs, `concurrency` at a time. `onDead` is called for jobs whose worker died during the last try. */
  work(options: {
    concurrency: number;
    handler: RenderTryHandler;
    onDead: (payload: RenderJobPayload) => Promise<void>;
  }): Promise<void>;
  /** Fetches no more jobs, aborts the running ones and waits until they have ended. Jobs can still be added. */
  stopWork(): Promise<void>;
  close(): Promise<void>;
}

/** Priority of jobs in the background. All others have 0, and the highest goes first. */
const BACKGROUND_PRIORITY = -1;

/** Seconds that aborted handlers have to put their job back. */
const STOP_TIMEOUT_SECONDS = 10;

/**
 * Opens the queue, with its own connections, and migrates its schema.
 *
 * @param options.url connection string of the database
 * @param options.env tries of a job in all, seconds after which a try has failed, and seconds without a sign of life after
 * which a worker counts as dead
 * @throws the error of the database when it cannot be reached
 */
export async function openRenderQueue(options: {
  database: Database;
  url: string;
  env: Pick<Env, 'RENDER_TRIES' | 'RENDER_TIMEOUT_SECONDS' | 'WORKER_SILENCE_SECONDS'>;
  logger: Logger;
}): Promise<RenderQueue> {
  const { database, url, env, logger } = options;
  const heartbeatSeconds = env.WORKER_SILENCE_SECONDS;
  // The monitor notices dead workers. Its default of a minute would double the wait for the next try.
  const monitorSeconds = Math.ceil(heartbeatSeconds / 2);
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'defrag-queue',
    max: 4,
    useListenNotify: true,
    instanceName: hostname(),
    superviseIntervalSeconds: monitorSeconds,
    monitorIntervalSeconds: monitorSeconds,
    // Deletes ended jobs. The default is a day.
    maintenanceIntervalSeconds: 900,
    schedule: false,
    warningSlowQuerySeconds: 60,
  });
  const stopping = new AbortController();
  boss.on('error', (error) => {
    // pg-boss may still have a connection open when the last process stops the local database.
    logger[stopping.signal.aborted ? 'debug' : 'error']({ err: error }, 'queue error');
  });
  boss.on('warning', (warning) => logger.warn({ warning: warning.message }, 'queue warning'));
  await boss.start();

  const policy = {
    retryLimit: env.RENDER_TRIES - 1,
    retryDelay: RETRY_POLICY.delaySeconds,
    retryDelayMax: RETRY_POLICY.maxDelaySeconds,
    retryBackoff: true,
    expireInSeconds: env.RENDER_TIMEOUT_SECONDS,
    heartbeatSeconds,
    deleteAfterSeconds: ENDED_JOB_SECONDS,
    notify: true,
  };
  await boss.createQueue(DEAD_RENDER_QUEUE, { retryLimit: 10, retryDelay: 5, retryBackoff: true });
  await boss.createQueue(RENDER_QUEUE, { ...policy, deadLetter: DEAD_RENDER_QUEUE });
  // createQueue leaves an existing queue unchanged, but the environment may have changed.
  await boss.updateQueue(RENDER_QUEUE, policy);

  const stopWork = async () => {
    stopping.abort();
    await boss.offWork(RENDER_QUEUE, { wait: true });
    await boss.offWork(DEAD_RENDER_QUEUE, { wait: true });
  };

  return {
    async enqueue(transaction, payload, { inBackground = false } = {}) {
      const priority = inBackground ? BACKGROUND_PRIORITY : 0;
      await boss.send(RENDER_QUEUE, payload, { db: fromDrizzle(transaction, sql), priority });
    },

    async held(jobIds) {
      // pg-boss itself finds jobs by their data one at a time, reading the whole queue for each.
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
          // New jobs are notified at once, but a retry becomes due without a notification.
          notifyPollingIntervalSeconds: 1,
          heartbeatRefreshSeconds: heartbeatSeconds / 3,
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
  // A job whose last try failed is completed: the dead letter queue is for jobs of dead workers.
  return { id: job.id, status: outcome === 'again' ? ('failed' as const) : ('completed' as const) };
}
