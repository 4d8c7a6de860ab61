import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createDefragClient } from '@defrag/client';
import { type Database, frictionEvents, openDatabase } from '@defrag/db';
import { BENCHMARK_SCORES } from '../scores.ts';
import { type StartedProcess, startProcess } from '../start-process.ts';

const SERVER = new URL('../../../apps/api/src/main.ts', import.meta.url).pathname;
const COMMAND = new URL('../../../apps/api/src/cli/main.ts', import.meta.url).pathname;

/** Most videos per `renderMany` call. */
const VIDEOS_OF_ONE_CALL = 100;

/** Milliseconds between two checks whether the round has ended. */
const LOOK_INTERVAL_MS = 100;

/** One render in the database. */
interface FleetRender {
  /** Host and process id of the worker. */
  readonly worker: string;
  /** Milliseconds from the start of the try to READY. */
  readonly renderMs: number;
}

/** The measurements of a round. */
interface FleetRound {
  /** From the first queued video to the last READY one, by the database's clock. */
  readonly seconds: number;
  readonly renders: readonly FleetRender[];
  /** Mean milliseconds until a request's video is queued. */
  readonly queueMs: number;
  /** Database transactions, including polling and heartbeats. */
  readonly transactions: number;
  /** Bytes that the database wrote to its write-ahead log. */
  readonly writtenBytes: number;
}

/** An API that does not render, and workers, each in its own process, on one database and one store. */
export interface Fleet {
  startWorkers(count: number): Promise<StartedProcess[]>;
  /**
   * Writes new events, requests their videos all at once, and waits until all are READY.
   *
   * @throws Error when a render fails
   */
  render(round: { videos: number; durationMs: number }): Promise<FleetRound>;
  /** Stops the API. The caller stops the workers. */
  stop(): Promise<void>;
}

/** Starts the API of a fleet on an empty database. */
export async function startFleet(place: { dataDir: string; databaseUrl: string }): Promise<Fleet> {
  const adminKey = randomBytes(16).toString('hex');
  const env = {
    DATABASE_URL: place.databaseUrl,
    DATA_DIR: place.dataDir,
    DEFRAG_ADMIN_KEY: adminKey,
    LOG_LEVEL: 'warn',
  };
  const api = await startProcess(SERVER, [], {
    env: { ...env, PORT: '0', INLINE_WORKER: 'false' },
    readyLine: /^ready on (\S+)/,
  });
  const url = api.ready[1] ?? '';
  const { admin } = createDefragClient({ url, adminKey });
  const database = await openDatabase({ url: place.databaseUrl });

  const writeEvents = async (count: number): Promise<string[]> => {
    const events = Array.from({ length: count }, (_, index) => {
      const scores = BENCHMARK_SCORES[index % BENCHMARK_SCORES.length] ?? BENCHMARK_SCORES[0];
      return {
        userId: randomUUID(),
        connectionId: randomUUID(),
        eventDate: '2026-01-01',
        engineVersion: 'benchmark',
        frictionScore: scores.frictionScore,
        pressureScore: scores.pressureScore,
        fidelityBucket: 'HIGH' as const,
        assetHash: 'none',
        provenanceHash: randomUUID(),
      };
    });
    const written = await database.orm
      .insert(frictionEvents)
      .values(events)
      .returning({ id: frictionEvents.id });
    return written.map(({ id }) => id);
  };

  return {
    startWorkers: (count) =>
      Promise.all(
        Array.from({ length: count }, () =>
          startProcess(COMMAND, ['worker'], {
            env: { ...env, PUBLIC_BASE_URL: url, RENDER_THREADS: '1' },
            readyLine: /^worker \S+ ready/,
          }),
        ),
      ),

    async render({ videos, durationMs }) {
      const ids = await writeEvents(videos);
      const before = await readCounters(database);
      const startedAt = performance.now();
      for (let first = 0; first < ids.length; first += VIDEOS_OF_ONE_CALL) {
        const frictionIds = ids.slice(first, first + VIDEOS_OF_ONE_CALL);
        await admin.videos.renderMany.mutate({ friction_ids: frictionIds, duration_ms: durationMs });
      }
      const queueMs = (performance.now() - startedAt) / videos;
      for (;;) {
        const { rows } = await database.executeSql(
          `select state, worker, render_duration_ms,
             extract(epoch from max(finished_at) over () - min(queued_at) over ())::float8 as seconds
           from render_jobs where friction_id = any($1)`,
          [ids],
        );
        const jobs = rows as { state: string; worker: string; render_duration_ms: number; seconds: number }[];
        const failed = jobs.filter(({ state }) => state === 'FAILED' || state === 'CANCELLED');
        if (failed.length > 0) throw new Error(`${failed.length} of ${videos} renders failed`);
        if (jobs.every(({ state }) => state === 'SUCCEEDED')) {
          const renders = jobs.map(({ worker, render_duration_ms }) => ({
            worker,
            renderMs: render_duration_ms,
          }));
          const after = await readCounters(database);
          return {
            seconds: jobs[0]?.seconds ?? 0,
            renders,
            queueMs,
            transactions: after.transactions - before.transactions,
            writtenBytes: after.writtenBytes - before.writtenBytes,
          };
        }
        await setTimeout(LOOK_INTERVAL_MS);
      }
    },

    async stop() {
      await database.close();
      await api.stop();
    },
  };
}

/** The database's counters since its creation; up to a second old. */
async function readCounters(database: Database): Promise<{ transactions: number; writtenBytes: number }> {
  const { rows } = await database.executeSql(
    `select xact_commit::float8 as transactions, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes
     from pg_stat_database where datname = current_database()`,
  );
  const [counters] = rows as { transactions: number; bytes: number }[];
  return { transactions: counters?.transactions ?? 0, writtenBytes: counters?.bytes ?? 0 };
}
