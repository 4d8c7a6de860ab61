import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@defrag/db';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { type RunningCli, startCli } from '../support/run-cli.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { createTestDatabase } from '../support/test-database.ts';

/** Long enough for the queue to notice a dead worker (after 10 s of silence, checked every 5 s), and for another render. */
const WAIT = { timeout: 110_000, interval: 100 };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'defrag-fleet-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Render {
  readonly hash: string;
  readonly state: string;
  readonly status: string;
  readonly tries: number;
  readonly worker: string | null;
  readonly frames_done: number;
  readonly error_code: string | null;
}

/** An API that does not render, and workers that do, each in its own process, on one database and one store. */
class Fleet {
  readonly #server: ServerProcess;
  readonly #database: Database;
  readonly #workerPlace: { dataDir: string; env: Record<string, string> };
  readonly admin: ApiClient['admin'];
  readonly workers: RunningCli[] = [];

  private constructor(server: ServerProcess, database: Database, env: Record<string, string>) {
    this.#server = server;
    this.#database = database;
    this.#workerPlace = {
      dataDir: server.dataDir,
      env: { ...env, PUBLIC_BASE_URL: server.url, RENDER_THREADS: '1' },
    };
    this.admin = createApiClient(server).admin;
  }

  static async start(name: string, tries: number): Promise<Fleet> {
    const created = await createTestDatabase();
    const env = {
      DATABASE_URL: created.url,
      RENDER_TRIES: String(tries),
      WORKER_SILENCE_SECONDS: '10',
      LOG_LEVEL: 'info',
    };
    const dataDir = join(folder, name);
    const server = await startServerProcess(dataDir, { ...env, INLINE_WORKER: 'false' });
    return new Fleet(server, await openDatabase({ url: created.url }), env);
  }

  startWorkers(count: number): void {
    for (let started = 0; started < count; started += 1) {
      this.workers.push(startCli(this.#workerPlace, 'worker'));
    }
  }

  /** Writes events and requests their videos, all at once. */
  async askFor(videos: number, durationMs: number): Promise<void> {
    const { rows } = await this.#database.executeSql(
      `insert into friction_events (user_id, connection_id, event_date, engine_version, pressure_score, friction_score,
         fidelity_bucket, asset_hash, provenance_hash)
       select gen_random_uuid(), gen_random_uuid(), '2026-01-01', 'v1', 55, 50, 'HIGH', 'asset', gen_random_uuid()::text
       from generate_series(1, $1) returning id`,
      [videos],
    );
    const ids = (rows as { id: string }[]).map(({ id }) => id);
    await this.admin.videos.renderMany.mutate({ friction_ids: ids, duration_ms: durationMs });
  }

  async renders(): Promise<Render[]> {
    const { rows } = await this.#database.executeSql(
      'select hash, state, status, tries, worker, frames_done, error_code from render_jobs join asset_cache_public using (hash)',
    );
    return rows as unknown as Render[];
  }

  /** Waits for a worker that is in the middle of a render. */
  async someoneAtWork(): Promise<{ worker: RunningCli; render: Render }> {
    return await vi.waitFor(async () => {
      const render = (await this.renders()).find((one) => one.state === 'RENDERING' && one.frames_done > 0);
      const worker = this.workers.find(({ pid }) => render?.worker === `${hostname()}:${pid}`);
      if (render === undefined || worker === undefined) throw new Error('no worker is rendering yet');
      return { worker, render };
    }, WAIT);
  }

  /** Stops all processes. @returns the workers' log lines about renders */
  async stop(): Promise<Record<string, unknown>[]> {
    for (const worker of this.workers) worker.interrupt();
    const outcomes = await Promise.all(this.workers.map(({ outcome }) => outcome));
    await this.#server.stop();
    await this.#database.close();
    return outcomes
      .flatMap(({ stderr }) => stderr.split('\n').filter((line) => line.startsWith('{')))
      .map((line) => JSON.parse(line))
      .filter(({ msg }) => msg === 'render');
  }
}

// Concurrent, because both wait for the queue to notice a dead worker.
describe.concurrent('workers in separate processes', () => {
  it('share a queue: when one is killed mid-render, no video is lost and none is finished twice', async () => {
    const VIDEOS = 9;
    const fleet = await Fleet.start('shared', 3);
    let lines: Record<string, unknown>[] = [];
    let killed: Render;
    try {
      fleet.startWorkers(3);
      await fleet.askFor(VIDEOS, 1_500);
      const { worker, render } = await fleet.someoneAtWork();
      killed = render;
      worker.kill();
      expect(await worker.outcome).toMatchObject({ status: null });
      await vi.waitFor(async () => {
        const states = (await fleet.renders()).map(({ state, status }) => `${state} ${status}`);
        expect(states).toEqual(Array.from({ length: VIDEOS }, () => 'SUCCEEDED READY'));
      }, WAIT);
      const renders = await fleet.renders();
      expect(renders.filter(({ tries }) => tries !== 1)).toMatchObject([{ hash: killed.hash, tries: 2 }]);
      expect(renders.find(({ hash }) => hash === killed.hash)?.worker).not.toBe(killed.worker);
    } finally {
      lines = await fleet.stop();
    }
    expect(lines.map(({ status }) => status)).toEqual(Array.from({ length: VIDEOS }, () => 'READY'));
    expect(new Set(lines.map((line) => line['video_hash'])).size).toBe(VIDEOS);
  });

  it('end a render as FAILED when its worker is killed during the last try', async () => {
    const fleet = await Fleet.start('last_try', 1);
    try {
      fleet.startWorkers(1);
      await fleet.askFor(1, 10_000);
      const { worker } = await fleet.someoneAtWork();
      worker.kill();
      await worker.outcome;
      fleet.startWorkers(1);
      await vi.waitFor(async () => {
        expect(await fleet.renders()).toMatchObject([
          { state: 'FAILED', status: 'FAILED', error_code: 'RENDER_WORKER_DIED' },
        ]);
      }, WAIT);
    } finally {
      await fleet.stop();
    }
  });
});
