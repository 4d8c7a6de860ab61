import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectKey } from '@defrag/core';
import { openDatabase } from '@defrag/db';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDefragClient } from '../../src/client/index.ts';
import { probeVideo } from '../support/probe-video.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { type S3Server, startS3Server } from '../support/s3/s3-server.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testDatabaseUrl } from '../support/test-database.ts';
import { demoEventId } from '../support/test-services.ts';

const CREDENTIALS = { accessKeyId: 'owner', secretAccessKey: 'the-secret-of-the-owner' };

let folder: string;
let s3: S3Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'defrag-e2e-'));
  await chmod(folder, 0o755);
  s3 = await startS3Server({
    buckets: { private: {}, public: { publicRead: true } },
    credentials: [CREDENTIALS],
  });
});

afterAll(async () => {
  await s3?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The environment that names a bucket. */
const bucketEnv = (bucket: string, more: Record<string, string> = {}) => ({
  R2_ENDPOINT: s3.endpoint,
  R2_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  R2_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  R2_BUCKET: bucket,
  ...more,
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function post(server: ServerProcess, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/api/v1/admin/render-video`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-defrag-admin-key': server.adminKey, ...headers },
    body: JSON.stringify(body),
  });
}

describe.each([
  ['signed URLs of a private bucket', 'private'],
  ['a public bucket', 'public'],
])('the main path over %s', (_name, bucket) => {
  let server: ServerProcess;

  beforeAll(async () => {
    const more = bucket === 'public' ? { R2_PUBLIC_BASE_URL: `${s3.endpoint}/public` } : {};
    server = await startServerProcess(
      join(folder, bucket),
      bucketEnv(bucket, { ...more, RENDER_TRIES: '2' }),
    );
  });
  afterAll(async () => {
    await server?.stop();
  });

  it('goes from QUEUED to READY, to a video that plays in ranges, to a delete', async () => {
    const { admin } = createDefragClient(server);
    const body = { friction_id: demoEventId(8), duration_ms: 1_000 };
    const queued = await post(server, body);
    expect(queued.status).toBe(202);
    const { hash, url } = (await queued.json()) as { hash: string; url: string };
    const ready = await post(server, body, { prefer: 'wait=60' });
    expect([ready.status, await ready.json()]).toEqual([200, { hash, url, status: 'READY' }]);
    expect(url).toBe(`${bucket === 'public' ? `${s3.endpoint}/public` : server.url}/${objectKey(hash)}`);

    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    const path = join(folder, `${bucket}.mp4`);
    await writeFile(path, bytes);
    expect(await probeVideo(path)).toMatchObject({ frames: 30, codec: 'h264', isFaststart: true });
    const range = await fetch(url, { headers: { range: `bytes=100-299` } });
    expect(range.status).toBe(206);
    expect(Buffer.from(await range.arrayBuffer()).equals(bytes.subarray(100, 300))).toBe(true);

    const video = await admin.videos.byHash.query({ hash });
    expect(video).toMatchObject({ url, content_sha256: sha256(bytes), size_bytes: bytes.length });
    expect(await admin.stats.query()).toMatchObject({
      store: 's3',
      storage: { videos: 1, bytes: bytes.length },
    });

    const forced = await post(server, { ...body, force_regenerate: true }, { prefer: 'wait=60' });
    expect([forced.status, await forced.json()]).toEqual([200, { hash, url, status: 'READY' }]);
    const writes = s3.requests.filter(
      (seen) => seen.operation === 'PutObject' && seen.bucket === bucket && seen.key === objectKey(hash),
    );
    expect(writes).toHaveLength(1);

    const verified = await runCli(
      { dataDir: server.dataDir, env: bucketEnv(bucket) },
      'verify',
      hash,
      '--json',
    );
    expect(JSON.parse(verified.stdout)).toMatchObject({ identical: true, stored_sha256: sha256(bytes) });

    expect(await admin.videos.delete.mutate({ hash })).toEqual({ hash, deleted: true });
    expect((await fetch(url)).status).toBe(404);
    expect([...s3.bucket(bucket).objects.keys()]).toEqual([]);
  });

  it('is ready, and says 503 for as long as the bucket is out of reach', async () => {
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const body = { friction_id: demoEventId(2), duration_ms: 1_000 };
    expect((await post(server, body, { prefer: 'wait=60' })).status).toBe(200);
    s3.faults.add('break');
    onTestFinished(() => s3.faults.mend());
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    const refused = await post(server, body);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toEqual({
      error: { code: 'STORE_UNAVAILABLE', message: 'The store is out of reach' },
    });
    s3.faults.mend();
    expect((await post(server, body)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  it('renders once more what could not be stored, and keeps its secrets', async () => {
    const { admin } = createDefragClient(server);
    s3.faults.add('InternalError', { operations: ['PutObject'], times: 3 });
    onTestFinished(() => s3.faults.mend());
    const body = { friction_id: demoEventId(3), duration_ms: 1_000 };
    const { hash } = (await (await post(server, body)).json()) as { hash: string };
    await vi.waitFor(async () => expect((await admin.videos.byHash.query({ hash })).status).toBe('READY'), {
      timeout: 60_000,
      interval: 100,
    });
    expect((await admin.videos.byHash.query({ hash })).latest_job?.tries).toBe(2);
    const output = server.lines.join('\n');
    expect(output).toContain('"error_code":"STORE_UNAVAILABLE"');
    expect(output).not.toMatch(/the-secret-of-the-owner|X-Amz-Signature|AWS4-HMAC/);
  });
});

describe('a start with a bucket', () => {
  it.each([
    [
      'that does not take the credentials',
      { R2_SECRET_ACCESS_KEY: 'another-secret' },
      'The store does not accept the credentials (R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY)',
    ],
    ['that is not there', { R2_BUCKET: 'nowhere' }, 'The store has no such bucket (R2_BUCKET)'],
    [
      'whose endpoint nobody has',
      { R2_ENDPOINT: 'http://nobody.invalid' },
      'The store cannot be found (R2_ENDPOINT)',
    ],
  ])('%s says so in one line, and is not ready', async (_name, wrong, sentence) => {
    const env = bucketEnv('private', { INLINE_WORKER: 'false', ...wrong });
    const server = await startServerProcess(await temporaryFolder(), env);
    onTestFinished(async () => void (await server.stop()));
    const entry = await server.logEntry(({ msg }) => String(msg).startsWith('the store cannot be used'));
    expect(entry).toMatchObject({ msg: `the store cannot be used: ${sentence}`, store: 's3', level: 50 });
    const answer = await fetch(`${server.url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { status: 'not ready', database: true, store: false },
    ]);
    expect(server.lines.join('\n')).not.toMatch(/another-secret|the-secret-of-the-owner|Signature=/);
  });

  it('that is named in part names every variable that is missing or wrong, and no value', async () => {
    const env = { R2_ENDPOINT: 'https://a.example/bucket-in-path', R2_ACCESS_KEY_ID: 'abc', PORT: '8o8o' };
    const failure = await startServerProcess(await temporaryFolder(), env).then(
      () => '',
      (error: Error) => error.message,
    );
    for (const name of ['PORT', 'R2_ENDPOINT', 'R2_SECRET_ACCESS_KEY', 'R2_BUCKET']) {
      expect(failure).toContain(`  ${name}: `);
    }
    expect(failure).not.toMatch(/ {2}R2_ACCESS_KEY_ID|a\.example|bucket-in-path|8o8o/);
  });
});

describe('defrag render', () => {
  it('takes a video from the bucket again, and says in one line when it can not', async () => {
    const place = { dataDir: await temporaryFolder(), env: bucketEnv('private') };
    const out = join(place.dataDir, 'video.mp4');
    const args = ['render', '--friction-id', demoEventId(5), '--duration-ms', '1000', '--json'];
    const first = await runCli(place, ...args, '--out', out);
    expect(first).toMatchObject({ status: 0 });
    const { hash, url } = JSON.parse(first.stdout);
    expect(url).not.toContain('X-Amz');
    const stored = s3.bucket('private').get(objectKey(hash)).bytes;
    expect((await readFile(out)).equals(stored)).toBe(true);
    const cached = await runCli(place, ...args);
    expect(JSON.parse(cached.stdout)).toMatchObject({ hash, cache_hit: true });

    const wrong = { ...place, env: bucketEnv('nowhere') };
    const refused = await runCli(wrong, ...args);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr.trim()).toBe('error: The store has no such bucket (R2_BUCKET)');
  });
});

describe('several processes on one PostgreSQL and one bucket', () => {
  it('share the videos without sharing a folder: a worker renders what the API hands out', async () => {
    const databaseUrl = await testDatabaseUrl('template0');
    const env = bucketEnv('private', { DATABASE_URL: databaseUrl });
    const server = await startServerProcess(await temporaryFolder(), { ...env, INLINE_WORKER: 'false' });
    onTestFinished(async () => void (await server.stop()));
    const database = await openDatabase({ url: databaseUrl });
    const { rows } = await database
      .executeSql(
        `insert into friction_events (user_id, connection_id, event_date, engine_version, pressure_score, friction_score,
           fidelity_bucket, asset_hash, provenance_hash)
         values (gen_random_uuid(), gen_random_uuid(), '2026-01-01', 'v1', 55, 50, 'HIGH', 'asset', 'seed')
         returning id`,
      )
      .finally(() => database.close());
    const [event] = rows as { id: string }[];

    const worker = startCli(
      { dataDir: await temporaryFolder(), env: { ...env, PUBLIC_BASE_URL: server.url } },
      'worker',
    );
    try {
      const answer = await post(
        server,
        { friction_id: event?.id, duration_ms: 1_000 },
        { prefer: 'wait=60' },
      );
      expect(answer.status).toBe(200);
      const { hash, url } = (await answer.json()) as { hash: string; url: string };
      const { admin } = createDefragClient(server);
      const video = await admin.videos.byHash.query({ hash });
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect(sha256(bytes)).toBe(video.content_sha256);
      expect((await admin.stats.query()).workers).toMatchObject([{ alive: true, engine: 'embedded' }]);
    } finally {
      worker.interrupt();
      expect(await worker.outcome).toMatchObject({ status: 0 });
    }
  });
});
