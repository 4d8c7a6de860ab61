import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectKey } from '@defrag/core';
import { openDatabase } from '@defrag/db';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createApiClient } from '../support/api-client.ts';
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
  s3 = await startS3Server({ buckets: { private: {} }, credentials: [CREDENTIALS] });
});

afterAll(async () => {
  await s3?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The environment of a process with a bucket. */
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

describe('a server process with a bucket', () => {
  it('renders, serves, verifies and deletes a video, and logs no secret', async () => {
    const server = await startServerProcess(join(folder, 'server'), bucketEnv('private'));
    onTestFinished(async () => void (await server.stop()));
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const { admin } = createApiClient(server);
    const body = { friction_id: demoEventId(8), duration_ms: 1_000 };
    const ready = await post(server, body, { prefer: 'wait=60' });
    expect(ready.status).toBe(200);
    const { hash, url } = (await ready.json()) as { hash: string; url: string };
    expect(url).toBe(`${server.url}/${objectKey(hash)}`);

    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    const path = join(folder, 'video.mp4');
    await writeFile(path, bytes);
    expect(await probeVideo(path)).toMatchObject({ frames: 30, codec: 'h264', isFaststart: true });
    const video = await admin.videos.byHash.query({ hash });
    expect(video).toMatchObject({ url, content_sha256: sha256(bytes), size_bytes: bytes.length });

    const forced = await post(server, { ...body, force_regenerate: true }, { prefer: 'wait=60' });
    expect([forced.status, await forced.json()]).toEqual([200, { hash, url, status: 'READY' }]);
    const writes = s3.requests.filter(
      ({ operation, key }) => operation === 'PutObject' && key === objectKey(hash),
    );
    expect(writes).toHaveLength(1);

    const place = { dataDir: server.dataDir, env: bucketEnv('private') };
    const verified = await runCli(place, 'verify', hash, '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ identical: true, stored_sha256: sha256(bytes) });

    expect(await admin.videos.delete.mutate({ hash })).toEqual({ hash, deleted: true });
    expect((await fetch(url)).status).toBe(404);
    expect([...s3.bucket('private').objects.keys()]).toEqual([]);
    expect(server.lines.join('\n')).not.toMatch(/the-secret-of-the-owner|X-Amz-Signature|AWS4-HMAC/);
  });

  it('starts without access to the bucket, logs the reason in one line and reports not ready', async () => {
    const env = bucketEnv('private', { INLINE_WORKER: 'false', R2_SECRET_ACCESS_KEY: 'another-secret' });
    const server = await startServerProcess(await temporaryFolder(), env);
    onTestFinished(async () => void (await server.stop()));
    const entry = await server.logEntry(({ msg }) => String(msg).startsWith('the store cannot be used'));
    expect(entry).toMatchObject({
      msg: 'the store cannot be used: The store rejected the credentials: check R2_ACCESS_KEY_ID and R2_SECRET_ACCESS_KEY',
      store: 's3',
      level: 50,
    });
    const answer = await fetch(`${server.url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { status: 'not ready', database: true, store: false },
    ]);
    expect(server.lines.join('\n')).not.toMatch(/another-secret|Signature=/);
  });
});

describe('defrag render', () => {
  it('downloads a video from the bucket, and prints one line when the bucket does not exist', async () => {
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
    expect(refused.stderr.trim()).toBe('error: The store has no bucket of this name: check R2_BUCKET');
  });
});

describe('several processes on one PostgreSQL and one bucket', () => {
  it('serve a video that a worker without a shared folder rendered', async () => {
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
      const { admin } = createApiClient(server);
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
