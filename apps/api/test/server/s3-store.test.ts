import { objectKey } from '@defrag/core';
import { findVideo } from '@defrag/db';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startWorker, type Worker } from '../../src/pipeline/worker/start-worker.ts';
import { createS3Store } from '../../src/store/s3/index.ts';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { type S3Server, startS3Server } from '../support/s3/s3-server.ts';
import { scriptedEngine } from '../support/scripted-engine.ts';
import { demoEventId, openTestServices, type TestServices } from '../support/test-services.ts';
import { getAsAdmin, postJson, send } from './support/http.ts';
import { ADMIN_KEY, PUBLIC_BASE_URL, startServer, type TestServer } from './support/test-server.ts';

const CREDENTIALS = { accessKeyId: 'owner', secretAccessKey: 'the secret of the owner' };
/** Digits, so that a range shows its offsets. */
const BYTES = '0123456789'.repeat(10);

let s3: S3Server;
let services: TestServices;
let server: TestServer;
let worker: Worker;
let admin: ApiClient['admin'];
const engine = scriptedEngine();

/** Starts bucket, services, server and worker. */
async function start(options: { isPublic: boolean }): Promise<void> {
  s3 = await startS3Server({
    buckets: { videos: { publicRead: options.isPublic } },
    credentials: [CREDENTIALS],
  });
  const store = createS3Store({
    endpoint: s3.endpoint,
    bucket: 'videos',
    ...CREDENTIALS,
    apiBaseUrl: PUBLIC_BASE_URL,
    publicBaseUrl: options.isPublic ? `${s3.endpoint}/videos` : undefined,
  });
  services = await openTestServices({ tries: 2, store });
  server = await startServer(services, { videosDir: undefined });
  worker = await startWorker(services, engine, { concurrency: 1, scratchDir: services.scratchDir });
  admin = createApiClient({ url: server.url, adminKey: ADMIN_KEY }).admin;
}

async function stop(): Promise<void> {
  s3?.faults.mend();
  await server?.app.close();
  await worker?.close();
  await services?.close();
  await s3?.close();
}

/** Every test has its own video. */
let durationMs = 1_000;
beforeEach(() => {
  durationMs += 1;
  s3.faults.mend();
  engine.follow(() => BYTES);
});

const render = (headers: Record<string, string> = { prefer: 'wait=30' }) =>
  postJson(
    `${server.url}/api/v1/admin/render-video`,
    { friction_id: demoEventId(1), duration_ms: durationMs },
    headers,
  );

const isStored = (hash: string) => s3.bucket('videos').objects.has(objectKey(hash));

/** The test server does not listen at PUBLIC_BASE_URL. */
const reachable = (url: string) => url.replace(PUBLIC_BASE_URL, server.url);

/** Waits until the newest render of a video has this state. */
async function jobIn(state: string, hash: string) {
  return vi.waitFor(
    async () => {
      const { latest_job: job, status } = await admin.videos.byHash.query({ hash });
      expect(job?.state).toBe(state);
      return { status, job };
    },
    { timeout: 30_000, interval: 50 },
  );
}

describe.each([
  ['private', false],
  ['public', true],
])('the server with a %s bucket', (_kind, isPublic) => {
  beforeAll(() => start({ isPublic }));
  afterAll(stop);

  it('returns the same URL for QUEUED and READY, which serves ranges and is stored unsigned', async () => {
    const queued = await render({});
    expect(queued.status).toBe(202);
    const ready = await render();
    expect([ready.status, ready.json.status]).toEqual([200, 'READY']);
    const { hash, url } = ready.json;
    expect(url).toBe(queued.json.url);
    expect(url).toBe(`${isPublic ? `${s3.endpoint}/videos` : PUBLIC_BASE_URL}/${objectKey(hash)}`);

    const range = await fetch(reachable(url), { headers: { range: 'bytes=12-15' } });
    expect([range.status, await range.text()]).toEqual([206, '2345']);
    expect(range.headers.get('content-range')).toBe('bytes 12-15/100');
    expect(range.headers.get('content-type')).toBe('video/mp4');
    expect(range.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const head = await fetch(reachable(url), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '100']);

    expect(await findVideo(services.database.orm, hash)).toMatchObject({ status: 'READY', url });
    expect(services.logLines.join('')).not.toMatch(/X-Amz|the secret of the owner/);
    for (const answer of [
      await getAsAdmin(`${server.url}/api/v1/admin/videos/${hash}`),
      await send(`${server.url}/api/v1/assets/${hash}`),
    ]) {
      expect(answer.json.url).toBe(url);
    }
  });

  it('redirects GET and HEAD from its own URL to the bucket, uncached and for any origin', async () => {
    const { hash } = (await render()).json;
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(`${server.url}/${objectKey(hash)}`, {
        method,
        headers: { origin: 'https://page.test', range: 'bytes=0-9' },
      });
      expect(answer.status).toBe(302);
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      });
      const { location = '' } = answer.headers;
      expect(new URL(location).searchParams.has('X-Amz-Signature')).toBe(!isPublic);
      const followed = await send(location, { method, headers: { range: 'bytes=0-9' } });
      expect(followed.status).toBe(206);
    }
    const preflight = await send(`${server.url}/${objectKey(hash)}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://page.test',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'range',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-headers']).toContain('range');
  });
});

describe('the server with a bucket', () => {
  beforeAll(() => start({ isPublic: false }));
  afterAll(stop);

  it('returns 404 for invalid video paths', async () => {
    for (const path of ['/videos/v1-video/x.mp4', `/videos/..%2f..%2fx/${'a'.repeat(64)}.mp4`]) {
      expect(await send(`${server.url}${path}`)).toMatchObject({ status: 404 });
    }
  });

  it('reports the store in admin.stats and OpenAPI, and is ready', async () => {
    const before = await admin.stats.query();
    await render();
    expect(await admin.stats.query()).toMatchObject({
      store: 's3',
      storage: { videos: before.storage.videos + 1, bytes: before.storage.bytes + BYTES.length },
    });
    expect(await send(`${server.url}/readyz`)).toMatchObject({
      status: 200,
      json: { status: 'ready', database: true, store: true },
    });
    const { paths } = (await send(`${server.url}/api/v1/openapi.json`)).json;
    expect(paths['/videos/{renderer_version}/{hash}.mp4'].get.responses).toHaveProperty('302');
  });

  it('renders a video again after it was deleted, or disappeared from the bucket', async () => {
    const { hash, url } = (await render()).json;
    expect(await admin.videos.delete.mutate({ hash })).toEqual({ hash, deleted: true });
    expect(isStored(hash)).toBe(false);
    expect((await fetch(reachable(url))).status).toBe(404);
    expect((await render()).json).toEqual({ hash, url, status: 'READY' });
    s3.bucket('videos').objects.delete(objectKey(hash));
    const again = await render({});
    expect([again.status, again.json]).toEqual([202, expect.objectContaining({ hash, status: 'QUEUED' })]);
    expect((await render()).json.status).toBe('READY');
    expect(isStored(hash)).toBe(true);
    expect(engine.calls).toHaveLength(3);
  });

  it('retries a render when the upload fails', async () => {
    // The number of times that the SDK sends one upload.
    s3.faults.add('InternalError', { operations: ['PutObject'], times: 3 });
    const { hash } = (await render({})).json;
    expect(await jobIn('SUCCEEDED', hash)).toMatchObject({ status: 'READY', job: { tries: 2 } });
    expect(services.logged).toContainEqual(
      expect.objectContaining({ status: 'RETRYING', error_code: 'STORE_UNAVAILABLE', video_hash: hash }),
    );
    expect(s3.bucket('videos').get(objectKey(hash)).bytes.toString()).toBe(BYTES);
  });

  it('ends a render FAILED, never READY, when the bucket loses the video', async () => {
    s3.faults.add('forget', { operations: ['PutObject'] });
    const { hash } = (await render({})).json;
    expect(await jobIn('FAILED', hash)).toMatchObject({
      status: 'FAILED',
      job: { tries: 2, error_code: 'STORE_UNAVAILABLE' },
    });
    expect(await findVideo(services.database.orm, hash)).toMatchObject({ url: null });
    s3.faults.mend();
    expect((await render()).json).toMatchObject({ hash, status: 'READY' });
  });

  it.each(['break', 'AccessDenied'] as const)(
    'returns 503 for renders, deletes and /readyz during %s, and changes nothing',
    async (fault) => {
      const { hash } = (await render()).json;
      s3.faults.add(fault);
      const answers = [
        await render({}),
        await send(`${server.url}/api/v1/admin/videos/${hash}`, {
          method: 'DELETE',
          headers: { 'x-defrag-admin-key': ADMIN_KEY },
        }),
      ];
      for (const answer of answers) {
        expect(answer.status).toBe(503);
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
        expect(answer.json.error.code).toBe('STORE_UNAVAILABLE');
        expect(answer.json.error.message).toMatch(/^The store [\w ]+: [\w ]+$/);
        expect(answer.text).not.toMatch(/127\.0\.0\.1|Amz|SDK|ECONN|node_modules| at |select|secret of/);
      }
      expect(await send(`${server.url}/readyz`)).toMatchObject({
        status: 503,
        json: { status: 'not ready', database: true, store: false },
      });
      // These do not need the bucket.
      expect((await getAsAdmin(`${server.url}/api/v1/admin/videos/${hash}`)).json.status).toBe('READY');
      expect((await send(`${server.url}/${objectKey(hash)}`)).status).toBe(302);

      s3.faults.mend();
      expect((await render({})).json.status).toBe('READY');
      expect(engine.calls).toHaveLength(1);
      expect((await send(`${server.url}/readyz`)).status).toBe(200);
    },
  );

  it('stores nothing when a render is cancelled during its upload', async () => {
    s3.faults.add('hang', { operations: ['PutObject'] });
    const { hash } = (await render({})).json;
    await vi.waitFor(() => expect(s3.requests.at(-1)?.operation).toBe('PutObject'), { timeout: 30_000 });
    await admin.videos.cancel.mutate({ hash });
    await jobIn('CANCELLED', hash);
    expect(isStored(hash)).toBe(false);
  });
});
