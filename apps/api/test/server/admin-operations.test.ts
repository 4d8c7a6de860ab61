import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { objectKey, RENDERER_VERSION, videoInputs } from '@defrag/core';
import { failRender, findFrictionEvent, findPublicAsset } from '@defrag/db';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startWorker, type Worker } from '../../src/pipeline/worker/start-worker.ts';
import { WORKER_NAME } from '../../src/pipeline/worker/worker-heartbeat.ts';
import {
  type ApiClient,
  createApiClient,
  isApiError,
  type RouterOutputs,
  waitFor,
} from '../support/api-client.ts';
import { scriptedEngine, untilAborted, works } from '../support/scripted-engine.ts';
import { demoEventId, openTestServices, type TestServices } from '../support/test-services.ts';
import { getAsAdmin, send } from './support/http.ts';
import { queueVideo, readyVideo } from './support/ready-video.ts';
import { ADMIN_KEY, PUBLIC_BASE_URL, startServer, type TestServer } from './support/test-server.ts';

let services: TestServices;
let server: TestServer;
let worker: Worker;
let admin: ApiClient['admin'];
const engine = scriptedEngine();

beforeAll(async () => {
  services = await openTestServices({ tries: 1, publicBaseUrl: PUBLIC_BASE_URL });
  server = await startServer(services);
  worker = await startWorker(services, engine, { concurrency: 2, scratchDir: services.scratchDir });
  admin = createApiClient({ url: server.url, adminKey: ADMIN_KEY }).admin;
});

afterAll(async () => {
  await server?.app.close();
  await worker?.close();
  await services?.close();
});

beforeEach(() => engine.follow(works));

const WAIT = { timeout: 30_000, interval: 20 };
const MISSING_HASH = 'f'.repeat(64);

/** A length that no test before used, so that every test has videos of its own. */
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
const fileOf = (hash: string) => join(services.storeDir, objectKey(hash));
const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

describe('deleting a video', () => {
  it('removes its file, its rows and the history of its renders, and may be repeated', async () => {
    const request = { friction_id: demoEventId(1), duration_ms: freshDuration() };
    const { hash } = await admin.renderVideo.mutate(request, waitFor(30));
    expect(await isThere(fileOf(hash))).toBe(true);
    expect(await admin.videos.delete.mutate({ hash })).toEqual({ hash, deleted: true });
    expect(await isThere(fileOf(hash))).toBe(false);
    expect((await send(`${server.url}/${objectKey(hash)}`)).status).toBe(404);
    expect(isApiError(await fails(admin.videos.byHash.query({ hash })), 'VIDEO_NOT_FOUND')).toBe(true);
    for (const table of ['asset_cache_public', 'asset_cache_private', 'video_details', 'render_jobs']) {
      const { rows } = await services.database.executeSql(`select 1 from ${table} where hash = $1`, [hash]);
      expect([table, rows]).toEqual([table, []]);
    }
    expect(await admin.videos.delete.mutate({ hash })).toEqual({ hash, deleted: false });
    expect(await admin.videos.delete.mutate({ hash: MISSING_HASH })).toMatchObject({ deleted: false });
    // Asked for again, it is rendered again.
    expect(await admin.renderVideo.mutate(request, waitFor(30))).toMatchObject({ status: 'READY', hash });
    expect(await isThere(fileOf(hash))).toBe(true);
  });

  it('is refused while a render is queued or under way, and changes nothing then', async () => {
    engine.follow(untilAborted);
    const { hash } = await admin.renderVideo.mutate({
      friction_id: demoEventId(2),
      duration_ms: freshDuration(),
    });
    const state = async () => (await admin.videos.byHash.query({ hash })).latest_job;
    await vi.waitFor(async () => expect((await state())?.state).toBe('RENDERING'), WAIT);
    expect(isApiError(await fails(admin.videos.delete.mutate({ hash })), 'CONFLICT')).toBe(true);
    expect(await state()).toMatchObject({ state: 'RENDERING', worker: WORKER_NAME, cancel_requested: false });
    await admin.videos.cancel.mutate({ hash });
    await vi.waitFor(async () => expect((await state())?.state).toBe('CANCELLED'), WAIT);
    expect(await state()).toMatchObject({ cancel_requested: true });
    expect(await admin.videos.delete.mutate({ hash })).toEqual({ hash, deleted: true });

    const queued = await queueVideo(services, demoEventId(2), freshDuration());
    const answer = await send(`${server.url}/api/v1/admin/videos/${queued.hash}`, {
      method: 'DELETE',
      headers: { 'x-defrag-admin-key': ADMIN_KEY },
    });
    expect([answer.status, answer.json.error.code]).toEqual([409, 'CONFLICT']);
    expect(await findPublicAsset(services.database.orm, queued.hash)).toMatchObject({ status: 'QUEUED' });
    await admin.videos.cancel.mutate({ hash: queued.hash });
  });

  it('keeps the rows when the store cannot delete the file', async () => {
    const { hash } = await readyVideo(services, demoEventId(3), Buffer.from('kept'), freshDuration());
    const broken = {
      ...services,
      store: { ...services.store, delete: () => Promise.reject(new Error('broken')) },
    };
    const { url, app } = await startServer(broken);
    onTestFinished(() => app.close());
    const other = createApiClient({ url, adminKey: ADMIN_KEY });
    expect(isApiError(await fails(other.admin.videos.delete.mutate({ hash })), 'INTERNAL')).toBe(true);
    expect(await admin.videos.byHash.query({ hash })).toMatchObject({ status: 'READY' });
  });

  it('takes what a crash left in the store, where no row names it any more', async () => {
    const { hash } = await readyVideo(services, demoEventId(3), Buffer.from('left'), freshDuration());
    await services.database.executeSql('delete from asset_cache_public where hash = $1', [hash]);
    expect(await isThere(fileOf(hash))).toBe(true);
    expect(await admin.videos.delete.mutate({ hash })).toEqual({ hash, deleted: false });
    expect(await isThere(fileOf(hash))).toBe(false);
  });
});

describe('asking for many videos', () => {
  it('answers for each event in the order given, and an unknown one does not hold up the others', async () => {
    const duration_ms = freshDuration();
    const { hash } = await readyVideo(services, demoEventId(4), Buffer.from('four'), duration_ms);
    const unknown = demoEventId(99);
    const answer = await admin.videos.renderMany.mutate({
      friction_ids: [demoEventId(5), unknown, demoEventId(4), demoEventId(5), demoEventId(6)],
      duration_ms,
    });
    expect(answer).toMatchObject({ ready: 1, queued: 2, refused: 1 });
    expect(answer.results.map(({ friction_id, status }) => [friction_id, status])).toEqual([
      [demoEventId(5), 'QUEUED'],
      [unknown, 'REFUSED'],
      [demoEventId(4), 'READY'],
      [demoEventId(6), 'QUEUED'],
    ]);
    expect(answer.results[1]).toMatchObject({
      error_code: 'FRICTION_EVENT_NOT_FOUND',
      hash: null,
      url: null,
    });
    expect(answer.results[2]).toMatchObject({
      ...{ hash, error_code: null, error_message: null },
      url: `${PUBLIC_BASE_URL}/${objectKey(hash)}`,
    });
    for (const { hash: each } of answer.results.filter(({ status }) => status === 'QUEUED')) {
      const ready = async () => (await admin.videos.byHash.query({ hash: each ?? '' })).status;
      await vi.waitFor(async () => expect(await ready()).toBe('READY'), WAIT);
    }
  });

  it('renders READY videos again when forced, and then says that the bytes are the same', async () => {
    const duration_ms = freshDuration();
    const ask = { friction_id: demoEventId(7), duration_ms };
    const { hash } = await admin.renderVideo.mutate(ask, waitFor(30));
    expect(await admin.videos.byHash.query({ hash })).toMatchObject({ determinism: 'UNVERIFIED' });
    const answer = await admin.videos.renderMany.mutate({
      friction_ids: [demoEventId(7)],
      duration_ms,
      force_regenerate: true,
    });
    expect(answer.results).toMatchObject([{ status: 'QUEUED', hash }]);
    const detail = () => admin.videos.byHash.query({ hash });
    await vi.waitFor(async () => expect((await detail()).determinism).toBe('IDENTICAL'), WAIT);
    expect((await detail()).jobs.map(({ forced, state }) => [forced, state])).toEqual([
      [true, 'SUCCEEDED'],
      [false, 'SUCCEEDED'],
    ]);
    engine.follow(() => 'other bytes');
    await fails(admin.renderVideo.mutate({ ...ask, force_regenerate: true }, waitFor(30)));
    expect(await detail()).toMatchObject({
      ...{ determinism: 'DIFFERENT', status: 'READY' },
      latest_job: { error_code: 'RENDER_NOT_DETERMINISTIC' },
    });
  });

  it.each<[string, string[]]>([
    ['none', []],
    ['more than 100', Array.from({ length: 101 }, (_, index) => demoEventId(index))],
  ])('refuses %s', async (_, friction_ids) => {
    const error = await fails(admin.videos.renderMany.mutate({ friction_ids }));
    expect(isApiError(error, 'BAD_REQUEST') && error.data.issues).toEqual([
      { path: ['friction_ids'], message: 'must be 1 to 100 ids of friction events' },
    ]);
  });

  it('names the id that is none', async () => {
    const error = await fails(admin.videos.renderMany.mutate({ friction_ids: [demoEventId(1), 'x'] }));
    expect(isApiError(error, 'BAD_REQUEST') && error.data.issues).toEqual([
      { path: ['friction_ids', 1], message: 'must be a UUID' },
    ]);
  });
});

describe('a friction event', () => {
  it('comes with all that is known of its video at the length asked for', async () => {
    const duration_ms = freshDuration();
    const read = () => admin.frictionEvents.byId.query({ friction_id: demoEventId(8), duration_ms });
    const event = await findFrictionEvent(services.database.orm, demoEventId(8));
    if (event === undefined) throw new Error('the demo events are missing');
    const canonical = videoInputs({
      ...event,
      seed: event.provenanceHash,
      durationMs: duration_ms,
    }).canonical;
    expect(await read()).toMatchObject({
      ...{ duration_ms, frames: Math.round((duration_ms * 30) / 1_000), canonical_inputs: canonical },
      ...{ cached_video: null, video: { status: 'MISSING' } },
    });
    const { hash } = await admin.renderVideo.mutate(
      { friction_id: demoEventId(8), duration_ms },
      waitFor(30),
    );
    expect(await read()).toMatchObject({
      video: { hash, status: 'READY' },
      cached_video: {
        ...{
          hash,
          status: 'READY',
          engine: 'embedded',
          canonical_inputs: canonical,
          determinism: 'UNVERIFIED',
        },
        jobs: [{ state: 'SUCCEEDED', worker: WORKER_NAME, friction_id: demoEventId(8) }],
      },
    });
    expect(JSON.stringify(await read())).not.toMatch(/motion/i);
  });

  it('is listed by the status of its video, and found by the beginning of its id', async () => {
    const duration_ms = freshDuration();
    await readyVideo(services, demoEventId(9), Buffer.from('nine'), duration_ms);
    const failed = await queueVideo(services, demoEventId(10), duration_ms);
    await failRender(services.database.orm, {
      ...failed,
      errorCode: 'RENDER_FAILED',
      errorMessage: 'It failed.',
    });
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page: RouterOutputs['admin']['frictionEvents']['list'] = await admin.frictionEvents.list.query({
        ...{ sort: 'video_status', direction: 'desc', limit: 3 },
        ...{ duration_ms, cursor },
      });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(ids.slice(0, 2)).toEqual([demoEventId(10), demoEventId(9)]);
    expect(new Set(ids).size).toBe(12);
    const find = async (id_prefix: string) =>
      (await admin.frictionEvents.list.query({ id_prefix, limit: 100 })).items.map(({ id }) => id);
    expect(await find(demoEventId(12).toUpperCase())).toEqual([demoEventId(12)]);
    expect((await find('00000000-0000-4000')).length).toBe(12);
    expect(await find('00000000-0000-4000-8000-00000000000a')).toEqual([]);
    for (const wrong of ['', '-', 'xyz', `${demoEventId(1)}0`, 'a'.repeat(33)]) {
      const error = await fails(find(wrong));
      expect(isApiError(error, 'BAD_REQUEST') && error.data.issues?.[0]?.path).toEqual(['id_prefix']);
    }
  });
});

describe('the totals of videos', () => {
  it('count what the list shows, by status', async () => {
    const { hash } = await readyVideo(services, demoEventId(11), Buffer.from('eleven'), freshDuration());
    const mine = { hash_prefix: hash.slice(0, 16) };
    expect((await admin.videos.list.query(mine)).items.map((video) => video.hash)).toEqual([hash]);
    expect(await admin.videos.totals.query(mine)).toEqual({
      videos: 1,
      by_status: { MISSING: 0, QUEUED: 0, READY: 1, FAILED: 0 },
      stored_bytes: 6,
    });
    const all = await admin.videos.totals.query();
    expect(all.videos).toBeGreaterThan(1);
    expect((await getAsAdmin(`${server.url}/api/v1/admin/videos/totals`)).json).toEqual(all);
    const error = await fails(admin.videos.totals.query({ hash_prefix: 'G' }));
    expect(isApiError(error, 'BAD_REQUEST')).toBe(true);
  });
});

describe('the statistics', () => {
  it('tell what the system is made of, who renders, and how it went', async () => {
    const { hash } = await admin.renderVideo.mutate(
      { friction_id: demoEventId(12), duration_ms: freshDuration() },
      waitFor(30),
    );
    engine.follow(() => {
      throw new Error('the disk caught fire');
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

  it('count hits, misses and forced renders by hour, a moment after the answer', async () => {
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

describe('a worker', () => {
  it('is no more among the workers when it has ended', async () => {
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

describe('the counter of requests', () => {
  it('keeps its counts while the database is out of reach, and does not disturb anybody', async () => {
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
