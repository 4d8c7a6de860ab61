import { randomUUID } from 'node:crypto';
import { frictionEvents } from '@defrag/db';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ADMIN_KEY, startServer, type TestServer } from '../../../test/server/support/test-server.ts';
import { type ApiClient, createApiClient, isApiError } from '../../../test/support/api-client.ts';
import { type Script, scriptedEngine, untilAborted, works } from '../../../test/support/scripted-engine.ts';
import { openTestServices, type TestServices } from '../../../test/support/test-services.ts';
import type { RenderRequest } from '../../engine/engine.ts';
import { workOnBackfills } from '../../pipeline/worker/run-backfill.ts';
import { startWorker } from '../../pipeline/worker/start-worker.ts';
import { openRenderQueue } from '../../queue/render-queue.ts';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const WAIT = { timeout: 30_000, interval: 20 };

/** Blocks engines in the middle of their renders until it is opened. */
function createBarrier() {
  let opened = Promise.withResolvers<void>();
  return {
    open: () => opened.resolve(),
    close: () => {
      opened = Promise.withResolvers<void>();
    },
    script: async (request: RenderRequest) => {
      await Promise.race([opened.promise, untilAborted(request)]);
      return works(request, 0);
    },
  };
}

describe('a backfill', () => {
  /** The services of two processes on one database and one store. */
  let processes: TestServices[];
  let server: TestServer;
  let admin: ApiClient['admin'];

  beforeAll(async () => {
    const first = await openTestServices({ tries: 1 });
    const { storeDir, databaseUrl } = first;
    processes = [first, await openTestServices({ tries: 1, storeDir, databaseUrl })];
    server = await startServer(first);
    admin = createApiClient({ url: server.url, adminKey: ADMIN_KEY }).admin;
  });

  afterAll(async () => {
    await server?.app.close();
    for (const services of processes?.toReversed() ?? []) await services.close();
  });

  /** Replaces all events; events with the same seed share one video. */
  async function onlyEvents(seeds: readonly string[]): Promise<string[]> {
    const [first] = processes;
    if (first === undefined) throw new Error('no services');
    await first.database.executeSql('truncate friction_events, asset_cache_public, backfills cascade');
    const rows = await first.database.orm
      .insert(frictionEvents)
      .values(
        seeds.map((provenanceHash) => ({
          userId: randomUUID(),
          connectionId: randomUUID(),
          eventDate: '2025-03-01',
          engineVersion: 'test',
          pressureScore: 55,
          frictionScore: 72,
          fidelityBucket: 'HIGH' as const,
          assetHash: 'no such still',
          provenanceHash,
        })),
      )
      .returning({ id: frictionEvents.id });
    return rows.map(({ id }) => id);
  }

  /** Lets every process run backfills and render until the returned function is called. */
  async function work(script: Script) {
    const engines = processes.map(() => scriptedEngine());
    const stops = await Promise.all(
      processes.map(async (services, index) => {
        const engine = engines[index] ?? scriptedEngine();
        engine.follow(script);
        const { database, databaseUrl: url, env, logger, scratchDir } = services;
        // A stopped queue cannot be restarted.
        const queue = await openRenderQueue({ database, url, env, logger });
        const own = { ...services, queue };
        const worker = await startWorker(own, engine, { concurrency: 4, scratchDir });
        const stopBackfills = workOnBackfills(own);
        return async () => {
          await Promise.all([stopBackfills(), worker.close()]);
          await queue.close();
        };
      }),
    );
    let stopped: Promise<unknown> | undefined;
    const stop = async () => {
      stopped ??= Promise.all(stops.map((each) => each()));
      await stopped;
    };
    onTestFinished(stop);
    return { stop, calls: () => engines.flatMap((engine) => engine.calls) };
  }

  const until = (id: string, expected: object) =>
    vi.waitFor(async () => expect(await admin.backfill.byId.query({ id })).toMatchObject(expected), WAIT);

  it('renders each distinct video once with several workers, within its concurrency', async () => {
    await onlyEvents(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'a', 'b', 'a']);
    const plan = { duration_ms: 1_000, events: 10, videos: 7, ready: 0, under_way: 0, to_render: 7 };
    expect(await admin.backfill.dryRun.query({ duration_ms: 1_000 })).toMatchObject(plan);
    let running = 0;
    let most = 0;
    const { calls } = await work(async (request, call) => {
      running += 1;
      most = Math.max(most, running);
      // Other renders must be able to start meanwhile; one poll of the database is enough time.
      await admin.backfill.list.query();
      running -= 1;
      return works(request, call);
    });
    const started = await admin.backfill.start.mutate({ duration_ms: 1_000, concurrency: 2 });
    expect(started).toMatchObject({
      ...{ state: 'RUNNING', concurrency: 2, duration_ms: 1_000, finished_at: null },
      ...{ events: 10, videos: 7, ready_before: 0, total: 7 },
    });
    await until(started.id, {
      state: 'COMPLETED',
      succeeded: 7,
      waiting: 0,
      under_way: 0,
      failed: 0,
      skipped: 0,
    });
    expect(new Set(calls().map(({ inputs }) => inputs.hash)).size).toBe(7);
    expect(calls()).toHaveLength(7);
    expect(most).toBeLessThanOrEqual(2);
    expect(await admin.backfill.dryRun.query({ duration_ms: 1_000 })).toMatchObject({
      ready: 7,
      to_render: 0,
    });
    expect((await admin.videos.totals.query()).by_status.READY).toBe(7);
    // All videos exist: the next backfill has nothing to do.
    expect(await admin.backfill.start.mutate({ duration_ms: 1_000 })).toMatchObject({
      ...{ state: 'COMPLETED', ready_before: 7, total: 0 },
      finished_at: expect.any(String),
    });
    expect((await admin.backfill.list.query({ limit: 1 })).items).toHaveLength(1);
  });

  it('pauses, resumes and cancels, while renders already queued finish', async () => {
    await onlyEvents(['a', 'b', 'c', 'd', 'e', 'f']);
    const barrier = createBarrier();
    await work(barrier.script);
    const { id } = await admin.backfill.start.mutate({ duration_ms: 1_000, concurrency: 2 });
    await until(id, { under_way: 2, waiting: 4 });
    for (let times = 0; times < 2; times += 1) {
      expect(await admin.backfill.pause.mutate({ id })).toMatchObject({ state: 'PAUSED' });
    }
    barrier.open();
    await until(id, { state: 'PAUSED', succeeded: 2, under_way: 0, waiting: 4 });
    barrier.close();
    expect(await admin.backfill.resume.mutate({ id })).toMatchObject({ state: 'RUNNING' });
    await until(id, { under_way: 2, waiting: 2 });
    expect(await admin.backfill.cancel.mutate({ id })).toMatchObject({ state: 'CANCELLED', waiting: 2 });
    barrier.open();
    await until(id, {
      ...{ state: 'CANCELLED', succeeded: 4, under_way: 0, waiting: 2, total: 6 },
      finished_at: expect.any(String),
    });
    expect(await admin.backfill.cancel.mutate({ id })).toMatchObject({ state: 'CANCELLED' });
    for (const change of [admin.backfill.pause, admin.backfill.resume]) {
      const error = await change.mutate({ id }).catch((reason: unknown) => reason);
      expect(isApiError(error, 'CONFLICT')).toBe(true);
    }
  });

  it('resumes after all processes restart', async () => {
    await onlyEvents(['a', 'b', 'c', 'd']);
    const barrier = createBarrier();
    const before = await work(barrier.script);
    const { id } = await admin.backfill.start.mutate({ duration_ms: 1_000, concurrency: 2 });
    await until(id, { under_way: 2 });
    await vi.waitFor(() => expect(before.calls()).toHaveLength(2), WAIT);
    await before.stop();
    expect(await admin.backfill.byId.query({ id })).toMatchObject({
      state: 'RUNNING',
      under_way: 2,
      waiting: 2,
    });
    await work(works);
    await until(id, { state: 'COMPLETED', succeeded: 4 });
  });

  it('renders manual requests first', async () => {
    const [first, ...others] = await onlyEvents(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']);
    if (first === undefined) throw new Error('no event');
    const stop = processes.map((services) => workOnBackfills(services));
    const { id } = await admin.backfill.start.mutate({ duration_ms: 1_000, concurrency: 10 });
    await until(id, { under_way: 10 });
    await Promise.all(stop.map((each) => each()));
    const asked = await admin.renderVideo.mutate({ friction_id: first, duration_ms: 2_000 });
    const barrier = createBarrier();
    const { calls } = await work(barrier.script);
    await vi.waitFor(() => expect(calls().length).toBeGreaterThan(0), WAIT);
    await vi.waitFor(() => expect(calls().map(({ inputs }) => inputs.hash)).toContain(asked.hash), WAIT);
    expect(others).toHaveLength(11);
    barrier.open();
    await until(id, { state: 'COMPLETED', succeeded: 12 });
  });

  it('completes and counts failed renders and deleted events', async () => {
    const ids = await onlyEvents(['a', 'b', 'c']);
    const { id } = await admin.backfill.start.mutate({ duration_ms: 1_000, concurrency: 1 });
    await processes[0]?.database.executeSql('delete from friction_events where id = $1', [ids[0]]);
    await work(() => {
      throw new Error('it failed');
    });
    await until(id, { state: 'COMPLETED', failed: 2, skipped: 1, succeeded: 0 });
  });

  it('returns 409 while another backfill is active, 404 for an unknown id and 400 for an invalid concurrency', async () => {
    await onlyEvents(['a']);
    const { id } = await admin.backfill.start.mutate({});
    const refusal = () => admin.backfill.start.mutate({}).catch((reason: unknown) => reason);
    expect(isApiError(await refusal(), 'CONFLICT')).toBe(true);
    await admin.backfill.pause.mutate({ id });
    expect(isApiError(await refusal(), 'CONFLICT')).toBe(true);
    await admin.backfill.cancel.mutate({ id });
    const unknown = { id: UNKNOWN_ID };
    for (const call of [
      () => admin.backfill.byId.query(unknown),
      () => admin.backfill.pause.mutate(unknown),
      () => admin.backfill.resume.mutate(unknown),
      () => admin.backfill.cancel.mutate(unknown),
    ]) {
      const error = await call().catch((reason: unknown) => reason);
      expect(isApiError(error, 'NOT_FOUND')).toBe(true);
    }
    for (const concurrency of [0, 101, 1.5]) {
      const error = await admin.backfill.start.mutate({ concurrency }).catch((reason: unknown) => reason);
      expect(isApiError(error, 'BAD_REQUEST') && error.data.issues?.[0]?.path).toEqual(['concurrency']);
    }
  });
});
