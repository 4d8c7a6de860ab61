import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { objectKey, RENDERER_VERSION } from '@defrag/core';
import { failRender, findPublicAsset } from '@defrag/db';
import { afterAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ADMIN_HEADERS, getAsAdmin, postJson, send } from '../../../test/server/support/http.ts';
import { beginRender, queueVideo, readyVideo } from '../../../test/server/support/ready-video.ts';
import {
  ADMIN_KEY,
  openTestServer,
  PUBLIC_BASE_URL,
  startServer,
} from '../../../test/server/support/test-server.ts';
import { createApiClient, isApiError, waitFor } from '../../../test/support/api-client.ts';
import { scriptedEngine, untilAborted, works } from '../../../test/support/scripted-engine.ts';
import { demoEventId, openTestServices } from '../../../test/support/test-services.ts';
import { startWorker } from '../../pipeline/worker/start-worker.ts';
import { WORKER_NAME } from '../../pipeline/worker/worker-heartbeat.ts';

const engine = scriptedEngine();
const { services, server, admin } = await openTestServer({
  services: await openTestServices({ tries: 1, publicBaseUrl: PUBLIC_BASE_URL }),
});
const worker = await startWorker(services, engine, { concurrency: 2, scratchDir: services.scratchDir });
afterAll(() => worker.close());
beforeEach(() => engine.follow(works));

const WAIT = { timeout: 30_000, interval: 20 };
const REST = `${server.url}/api/v1/admin`;
const MISSING_HASH = 'f'.repeat(64);

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
const fileOf = (hash: string) => join(services.storeDir, objectKey(hash));
const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

describe('admin.videos.delete', () => {
  it('deletes the file, the rows and the render history, and is idempotent', async () => {
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
    // Requested again, it is rendered again.
    expect(await admin.renderVideo.mutate(request, waitFor(30))).toMatchObject({ status: 'READY', hash });
    expect(await isThere(fileOf(hash))).toBe(true);
  });

  it('returns 409 and changes nothing while a render is queued or running', async () => {
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

  it('keeps the rows if the store cannot delete the file', async () => {
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

  it('deletes a file without rows, which a crash may leave', async () => {
    const { hash } = await readyVideo(services, demoEventId(3), Buffer.from('left'), freshDuration());
    await services.database.executeSql('delete from asset_cache_public where hash = $1', [hash]);
    expect(await isThere(fileOf(hash))).toBe(true);
    expect(await admin.videos.delete.mutate({ hash })).toEqual({ hash, deleted: false });
    expect(await isThere(fileOf(hash))).toBe(false);
  });
});

describe('admin.videos.renderMany', () => {
  it('returns one result per event in order, and continues after an unknown event', async () => {
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

  it('renders READY videos again if forced, and reports whether the bytes are identical', async () => {
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
    ['no ids', []],
    ['101 ids', Array.from({ length: 101 }, (_, index) => demoEventId(index))],
  ])('returns 400 for %s', async (_, friction_ids) => {
    const error = await fails(admin.videos.renderMany.mutate({ friction_ids }));
    expect(isApiError(error, 'BAD_REQUEST') && error.data.issues).toEqual([
      { path: ['friction_ids'], message: 'must be 1 to 100 ids of friction events' },
    ]);
  });

  it('returns 400 with the index of an invalid id', async () => {
    const error = await fails(admin.videos.renderMany.mutate({ friction_ids: [demoEventId(1), 'x'] }));
    expect(isApiError(error, 'BAD_REQUEST') && error.data.issues).toEqual([
      { path: ['friction_ids', 1], message: 'must be a UUID' },
    ]);
  });
});

describe('admin.videos.totals', () => {
  it('counts the videos of the list by status', async () => {
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

describe('/api/v1/admin/videos', () => {
  it('returns videos with inputs and renders, without their motion', async () => {
    const { hash, jobId } = await readyVideo(services, demoEventId(5), Buffer.from('five'));
    const list = await getAsAdmin(`${REST}/videos?friction_id=${demoEventId(5)}&hash_prefix=${hash}`);
    expect(list.status).toBe(200);
    expect(list.json.items).toHaveLength(1);
    expect(list.json.items[0]).toMatchObject({
      hash,
      status: 'READY',
      url: `${PUBLIC_BASE_URL}/${objectKey(hash)}`,
      width: 1_920,
      height: 1_080,
      duration_seconds: 6,
      duration_ms: 6_000,
      fps: 30,
      renderer_version: RENDERER_VERSION,
      engine: 'embedded',
      size_bytes: 4,
      render_duration_ms: 1_234,
      latest_job: { id: jobId, state: 'SUCCEEDED', frames_done: 180, friction_id: demoEventId(5) },
    });
    const detail = await getAsAdmin(`${REST}/videos/${hash}`);
    expect(detail.json).toMatchObject({
      hash,
      jobs: [{ id: jobId }],
      canonical_inputs: expect.stringContaining('"seed"'),
    });
    expect(`${list.text}${detail.text}`).not.toMatch(/motion/i);
  });

  it.each([
    ['status=DONE', 'status'],
    ['engine=other', 'engine'],
    ['friction_id=1', 'friction_id'],
    ['renderer_version=%00', 'renderer_version'],
    ['created_from=2026-01-01', 'created_from'],
    ['created_to=0000-01-01T00:00:00Z', 'created_to'],
    ['cursor=x', 'cursor'],
  ])('returns 400 for ?%s and names %s', async (text, field) => {
    const answer = await getAsAdmin(`${REST}/videos?${text}`);
    expect(answer.status).toBe(400);
    expect(answer.json.error.issues.map(({ path }: { path: string[] }) => path)).toEqual([[field]]);
  });

  it('filters by creation time at both ends', async () => {
    await readyVideo(services, demoEventId(6));
    const past = await getAsAdmin(`${REST}/videos?created_to=2000-01-01T00:00:00Z`);
    const since = await getAsAdmin(`${REST}/videos?created_from=2000-01-01T00:00:00.000Z`);
    expect(past.json.items).toEqual([]);
    expect(since.json.items.length).toBeGreaterThan(0);
  });

  it('returns 202 for a retry and adds a job', async () => {
    const video = await queueVideo(services, demoEventId(7));
    await beginRender(services, video);
    const failure = {
      jobId: video.jobId,
      hash: video.hash,
      errorCode: 'RENDER_FAILED',
      errorMessage: 'It failed.',
    };
    await failRender(services.database.orm, failure);
    const failed = await getAsAdmin(`${REST}/videos/${video.hash}`);
    expect(failed.json).toMatchObject({ status: 'FAILED', latest_job: { error_code: 'RENDER_FAILED' } });

    const answer = await postJson(`${REST}/videos/${video.hash}/retry`, {});
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ status: 'QUEUED', hash: video.hash });
    expect((await getAsAdmin(`${REST}/videos/${video.hash}`)).json.jobs).toHaveLength(2);
  });

  it('cancels once, also without a request body', async () => {
    const { hash } = await queueVideo(services, demoEventId(8), freshDuration());
    const cancel = () => send(`${REST}/videos/${hash}/cancel`, { method: 'POST', headers: ADMIN_HEADERS });
    expect((await cancel()).json).toEqual({ hash, cancelled: true });
    expect((await cancel()).json).toEqual({ hash, cancelled: false });
  });

  it('returns 404 for an unknown hash', async () => {
    const answers = [
      await getAsAdmin(`${REST}/videos/${MISSING_HASH}`),
      await postJson(`${REST}/videos/${MISSING_HASH}/retry`, {}),
      await postJson(`${REST}/videos/${MISSING_HASH}/cancel`, {}),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(answer.json.error.code).toBe('VIDEO_NOT_FOUND');
    }
  });

  it('returns 400 for an invalid hash, an unknown key and a body that is not an object', async () => {
    expect((await getAsAdmin(`${REST}/videos/abc`)).json.error.issues[0].path).toEqual(['hash']);
    const answer = await postJson(`${REST}/videos/${MISSING_HASH}/cancel`, { force: true });
    expect(answer.json.error.issues[0].path).toEqual(['force']);
    expect((await postJson(`${REST}/videos/${MISSING_HASH}/cancel`, '[]')).status).toBe(400);
  });
});

describe('GET /api/v1/assets/{hash}', () => {
  it('returns the public data to anonymous callers', async () => {
    const { hash } = await readyVideo(services, demoEventId(9));
    const answer = await send(`${server.url}/api/v1/assets/${hash}`);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      hash,
      type: 'VIDEO',
      status: 'READY',
      url: `${PUBLIC_BASE_URL}/${objectKey(hash)}`,
      width: 1_920,
      height: 1_080,
      duration_seconds: 6,
      updated_at: expect.stringMatching(/Z$/),
    });
  });

  it('returns no URL until the asset is READY', async () => {
    const { hash } = await queueVideo(services, demoEventId(10));
    expect((await send(`${server.url}/api/v1/assets/${hash}`)).json).toMatchObject({
      status: 'QUEUED',
      url: null,
    });
  });

  it('returns the stored URL of a still, whose hash may have any form', async () => {
    await services.database.executeSql(
      "insert into asset_cache_public (hash, type, status, url) values ('still-1', 'STILL', 'READY', 'https://x.test/s.png')",
    );
    const answer = await send(`${server.url}/api/v1/assets/still-1`);
    expect(answer.json).toMatchObject({ type: 'STILL', url: 'https://x.test/s.png', duration_seconds: null });
  });

  it('returns 400 for a URL that is too long', async () => {
    const answer = await send(`${server.url}/api/v1/assets/${'x'.repeat(2_000)}`);
    expect([answer.status, answer.json.error.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('returns 404 for an unknown hash and 400 for an invalid one', async () => {
    expect((await send(`${server.url}/api/v1/assets/${MISSING_HASH}`)).json.error.code).toBe('NOT_FOUND');
    for (const hash of ['%00', '%20', 'x'.repeat(201), '%C3%A4']) {
      const answer = await send(`${server.url}/api/v1/assets/${hash}`);
      expect(answer.status).toBe(400);
      expect(answer.json.error.issues[0].path).toEqual(['hash']);
    }
  });
});
