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
/** Digits, so that a range shows where it was cut. */
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
    patience: { answerMs: 2_000 },
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

/** Every test has a video of its own. */
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

/** The test server is not where its URLs say that it is. */
const reachable = (url: string) => url.replace(PUBLIC_BASE_URL, server.url);

/** The state of a video's newest render, when it has ended. */
async function ended(hash: string) {
  return vi.waitFor(
    async () => {
      const { latest_job: job, status } = await admin.videos.byHash.query({ hash });
      expect(['SUCCEEDED', 'FAILED']).toContain(job?.state);
      return { status, job };
    },
    { timeout: 30_000, interval: 50 },
  );
}

describe.each([
  ['private', false],
  ['public', true],
])('with a %s bucket, the server', (_kind, isPublic) => {
  beforeAll(() => start({ isPublic }));
  afterAll(stop);

  it('hands out one URL from QUEUED to READY, from which the video plays in ranges', async () => {
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
  });

  it('writes that URL down, and nowhere one that expires', async () => {
    const { hash, url } = (await render()).json;
    const row = await findVideo(services.database.orm, hash);
    expect(row).toMatchObject({ status: 'READY', url });
    const dump = await services.database.executeSql('select url from asset_cache_public');
    expect(JSON.stringify(dump.rows)).not.toContain('X-Amz');
    expect(services.logLines.join('')).not.toMatch(/X-Amz|the secret of the owner/);
    for (const answer of [
      await getAsAdmin(`${server.url}/api/v1/admin/videos/${hash}`),
      await send(`${server.url}/api/v1/assets/${hash}`),
    ]) {
      expect(answer.json.url).toBe(url);
    }
  });

  it('leads from its own address to the bucket, in a way that nobody keeps and every page may follow', async () => {
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

  it('leads nowhere from what is no address of a video', async () => {
    for (const path of ['/videos/v1-video/x.mp4', `/videos/..%2f..%2fx/${'a'.repeat(64)}.mp4`]) {
      expect(await send(`${server.url}${path}`)).toMatchObject({ status: 404 });
    }
  });

  it('tells its kind and its bytes, and is ready', async () => {
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

  it('deletes the object with the rows, and renders it again when it is asked for', async () => {
    const { hash, url } = (await render()).json;
    expect(await admin.videos.delete.mutate({ hash })).toEqual({ hash, deleted: true });
    expect(isStored(hash)).toBe(false);
    expect((await fetch(reachable(url))).status).toBe(404);
    expect((await render()).json).toEqual({ hash, url, status: 'READY' });
    expect(engine.calls).toHaveLength(2);
  });

  it('renders again what is lost from the bucket', async () => {
    const { hash } = (await render()).json;
    s3.bucket('videos').objects.delete(objectKey(hash));
    const again = await render({});
    expect([again.status, again.json]).toEqual([202, expect.objectContaining({ hash, status: 'QUEUED' })]);
    expect((await render()).json.status).toBe('READY');
    expect(isStored(hash)).toBe(true);
  });
});

describe('an outage of the bucket', () => {
  beforeAll(() => start({ isPublic: false }));
  afterAll(stop);

  it('while a video is stored costs a try and no more', async () => {
    // All requests of the first try's upload, none of the second.
    s3.faults.add('SlowDown', { operations: ['PutObject'], times: 3 });
    const { hash } = (await render({})).json;
    expect(await ended(hash)).toMatchObject({ status: 'READY', job: { state: 'SUCCEEDED', tries: 2 } });
    expect(services.logged).toContainEqual(
      expect.objectContaining({ status: 'RETRYING', error_code: 'STORE_UNAVAILABLE', video_hash: hash }),
    );
    expect(s3.bucket('videos').get(objectKey(hash)).bytes.toString()).toBe(BYTES);
  });

  it.each([
    ['refuses writes', 'AccessDenied', ['PutObject']],
    ['breaks connections', 'break', ['PutObject']],
    ['does not answer what became of a write', 'SlowDown', ['HeadObject']],
    ['forgets what it was given', 'forget', ['PutObject']],
  ] as const)('that %s to the last try ends FAILED, and never READY', async (_name, fault, operations) => {
    s3.faults.add(fault, { operations });
    const { hash } = (await render({})).json;
    expect(await ended(hash)).toMatchObject({
      status: 'FAILED',
      job: { state: 'FAILED', tries: 2, error_code: 'STORE_UNAVAILABLE' },
    });
    expect(await findVideo(services.database.orm, hash)).toMatchObject({ url: null });
    s3.faults.mend();
    expect((await render()).json).toMatchObject({ hash, status: 'READY' });
  });

  it.each(['break', 'SlowDown', 'AccessDenied', 'hang'] as const)(
    'by %s is answered 503 at a cache hit and at a delete, and changes nothing',
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
        expect(answer.json.error.message).toMatch(/^The store [\w ,:()]+$/);
        expect(answer.text).not.toMatch(/127\.0\.0\.1|Amz|SDK|ECONN|node_modules| at |select|secret of/);
      }
      expect(await send(`${server.url}/readyz`)).toMatchObject({
        status: 503,
        json: { status: 'not ready', database: true, store: false },
      });
      // What needs no answer of the bucket goes on.
      expect((await getAsAdmin(`${server.url}/api/v1/admin/videos/${hash}`)).json.status).toBe('READY');
      expect((await send(`${server.url}/${objectKey(hash)}`)).status).toBe(302);

      s3.faults.mend();
      expect((await render({})).json.status).toBe('READY');
      expect(engine.calls).toHaveLength(1);
      expect((await send(`${server.url}/readyz`)).status).toBe(200);
    },
  );

  it('ends a render that is cancelled while its video is stored, and leaves nothing', async () => {
    s3.faults.add('hang', { operations: ['PutObject'] });
    const { hash } = (await render({})).json;
    await vi.waitFor(() => expect(s3.requests.at(-1)?.operation).toBe('PutObject'), { timeout: 30_000 });
    await admin.videos.cancel.mutate({ hash });
    await vi.waitFor(
      async () => {
        const { latest_job: job } = await admin.videos.byHash.query({ hash });
        expect(job?.state).toBe('CANCELLED');
      },
      { timeout: 30_000, interval: 50 },
    );
    expect(isStored(hash)).toBe(false);
  });
});
