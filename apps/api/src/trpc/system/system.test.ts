import { RENDERER_VERSION } from '@defrag/core';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ADMIN_KEY,
  openTestServer,
  PUBLIC_BASE_URL,
  startServer,
} from '../../../test/server/support/test-server.ts';
import { createApiClient, isApiError, waitFor } from '../../../test/support/api-client.ts';
import { scriptedEngine, works } from '../../../test/support/scripted-engine.ts';
import { demoEventId, openTestServices } from '../../../test/support/test-services.ts';
import { startWorker } from '../../pipeline/worker/start-worker.ts';
import { WORKER_NAME } from '../../pipeline/worker/worker-heartbeat.ts';

const engine = scriptedEngine();
const { services, admin } = await openTestServer({
  services: await openTestServices({ tries: 1, publicBaseUrl: PUBLIC_BASE_URL }),
});
const worker = await startWorker(services, engine, { concurrency: 2, scratchDir: services.scratchDir });
afterAll(() => worker.close());
beforeEach(() => engine.follow(works));

const WAIT = { timeout: 30_000, interval: 20 };

/** A length that no test has used before, so that every test has its own videos. */
let nextDurationMs = 1_000;
function freshDuration(): number {
  nextDurationMs += 1;
  return nextDurationMs;
}

const fails = (call: Promise<unknown>) =>
  call.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );

describe('admin.stats', () => {
  it('returns the configuration, the workers, render times and errors', async () => {
    const { hash } = await admin.renderVideo.mutate(
      { friction_id: demoEventId(12), duration_ms: freshDuration() },
      waitFor(30),
    );
    engine.follow(() => {
      throw new Error('the disk failed');
    });
    const failing = { friction_id: demoEventId(12), duration_ms: freshDuration() };
    await fails(admin.renderVideo.mutate(failing, waitFor(30)));
    const statistics = await admin.stats.query({ window_hours: 2 });
    expect(statistics).toMatchObject({
      ...{ engine: 'embedded', store: 'filesystem', database: 'postgres', window_hours: 2 },
      ...{ renderer_version: RENDERER_VERSION, node_version: process.version, friction_events: 12 },
      queue: { rendering: 0, retrying: 0 },
    });
    expect(statistics.workers).toEqual([
      expect.objectContaining({
        name: WORKER_NAME,
        pid: process.pid,
        concurrency: 2,
        rendering: 0,
        alive: true,
      }),
    ]);
    expect(statistics.render_time.renders).toBeGreaterThan(0);
    expect(statistics.render_time.p50_ms).toBeLessThanOrEqual(statistics.render_time.p99_ms ?? -1);
    expect(statistics.last_errors[0]).toMatchObject({
      ...{ friction_id: demoEventId(12), state: 'FAILED', tries: 1 },
      ...{ error_code: 'RENDER_FAILED', error_message: 'The render failed.' },
    });
    expect(JSON.stringify(statistics)).not.toContain('caught fire');
    expect(statistics.storage.bytes).toBeGreaterThan(0);
    expect(statistics.requests.hours).toHaveLength(2);
    expect(await admin.videos.byHash.query({ hash })).toMatchObject({ status: 'READY' });
    for (const window_hours of [0, 721]) {
      expect(isApiError(await fails(admin.stats.query({ window_hours })), 'BAD_REQUEST')).toBe(true);
    }
  });

  it('counts hits, misses and forced renders by hour', async () => {
    const counts = async () => {
      await services.requests.flush();
      const { hits, misses, forced, hit_rate } = (await admin.stats.query({ window_hours: 720 })).requests;
      return { hits, misses, forced, hit_rate };
    };
    await services.requests.flush();
    await services.database.executeSql('truncate video_request_hours');
    expect(await counts()).toEqual({ hits: 0, misses: 0, forced: 0, hit_rate: null });
    const request = { friction_id: demoEventId(3), duration_ms: freshDuration() };
    await admin.renderVideo.mutate(request, waitFor(30));
    for (let times = 0; times < 3; times += 1) await admin.renderVideo.mutate(request);
    await admin.renderVideo.mutate({ ...request, force_regenerate: true }, waitFor(30));
    expect(await counts()).toEqual({ hits: 3, misses: 1, forced: 1, hit_rate: 0.75 });
  });
});

describe('a closed worker', () => {
  it('is no longer listed by admin.stats', async () => {
    const other = await openTestServices({ tries: 1 });
    const { url, app } = await startServer(other);
    const { stats } = createApiClient({ url, adminKey: ADMIN_KEY }).admin;
    const names = async () => (await stats.query()).workers.map(({ name }) => name);
    const own = await startWorker(other, scriptedEngine(), { concurrency: 1, scratchDir: other.scratchDir });
    await vi.waitFor(async () => expect(await names()).toEqual([WORKER_NAME]), WAIT);
    await own.close();
    expect(await names()).toEqual([]);
    await app.close();
    await other.close();
  });
});

describe('the request counter', () => {
  it('keeps its counts while the table is missing, and writes them later', async () => {
    const other = await openTestServices({ tries: 1 });
    const counted = async () =>
      (await other.database.executeSql('select hits::int from video_request_hours')).rows;
    await other.database.executeSql('alter table video_request_hours rename to away');
    other.requests.count('hits');
    await other.requests.flush();
    expect(other.logged.at(-1)).toMatchObject({ msg: 'request counts not written' });
    await other.database.executeSql('alter table away rename to video_request_hours');
    other.requests.count('hits');
    await other.requests.flush();
    expect(await counted()).toEqual([{ hits: 2 }]);
    await other.close();
  });
});
