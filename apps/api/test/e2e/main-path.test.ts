import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { objectKey } from '@defrag/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeVideo, VIDEO_FILE_FORMAT } from '../support/probe-video.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { demoEventId } from '../support/test-services.ts';

let folder: string;
let server: ServerProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'defrag-e2e-'));
  // As root, PostgreSQL runs as another user, which must reach the data folder.
  await chmod(folder, 0o755);
  server = await startServerProcess(join(folder, 'data'));
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

// biome-ignore lint/suspicious/noExplicitAny: the expectations check the shape of bodies
const bodyOf = (response: Response): Promise<any> => response.json();

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/api/v1/admin/render-video`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-defrag-admin-key': server.adminKey, ...headers },
    body: JSON.stringify(body),
  });
}

async function download(url: string): Promise<{ path: string; sha256: string }> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('video/mp4');
  const bytes = Buffer.from(await response.arrayBuffer());
  const path = join(folder, `${crypto.randomUUID()}.mp4`);
  await writeFile(path, bytes);
  return { path, sha256: createHash('sha256').update(bytes).digest('hex') };
}

describe('the main path on a fresh data folder', () => {
  it('returns 202 QUEUED, then 200 READY with an MP4 that matches the contract, then a cache hit', async () => {
    const body = { friction_id: demoEventId(1) };
    const queued = await post(body);
    expect(queued.status).toBe(202);
    const answer = await bodyOf(queued);
    expect(answer).toEqual({
      url: expect.any(String),
      status: 'QUEUED',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });

    const waited = await post(body, { prefer: 'wait=60' });
    expect(waited.status).toBe(200);
    expect(await bodyOf(waited)).toEqual({ ...answer, status: 'READY' });

    const { path } = await download(answer.url);
    expect(await probeVideo(path)).toEqual({
      frames: 180,
      ...VIDEO_FILE_FORMAT,
      durationSeconds: 6,
    });

    expect((await post(body)).status).toBe(200);
    const hit = await server.logEntry(
      (entry) => entry['cache_hit'] === true && entry['video_hash'] === answer.hash,
    );
    expect(hit).toMatchObject({ status: 'READY', friction_id: body.friction_id });
  });

  it('renders 300 frames for a duration of ten seconds', async () => {
    const answer = await post({ friction_id: demoEventId(2), duration_ms: 10_000 }, { prefer: 'wait=60' });
    expect(answer.status).toBe(200);
    const { path } = await download((await bodyOf(answer)).url);
    expect(await probeVideo(path)).toMatchObject({ frames: 300, durationSeconds: 10 });
  });

  it('renders the same bytes again when forced', async () => {
    const body = { friction_id: demoEventId(3), duration_ms: 1_000 };
    const first = await bodyOf(await post(body, { prefer: 'wait=60' }));
    const before = await download(first.url);
    const forced = await post({ ...body, force_regenerate: true }, { prefer: 'wait=60' });
    expect(forced.status).toBe(200);
    expect(await bodyOf(forced)).toEqual(first);
    const after = await download(first.url);
    expect(after.sha256).toBe(before.sha256);
    const renders = server
      .logs()
      .filter((entry) => entry['video_hash'] === first.hash && entry['cache_hit'] === false);
    expect(renders).toHaveLength(2);
  });

  it('renders once for 200 identical concurrent requests', async () => {
    const body = { friction_id: demoEventId(4), duration_ms: 1_000 };
    const answers = await Promise.all(Array.from({ length: 200 }, () => post(body, { prefer: 'wait=60' })));
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 200 }, () => 200));
    const bodies = await Promise.all(answers.map(bodyOf));
    expect(new Set(bodies.map(({ hash }) => hash)).size).toBe(1);
    const renders = server
      .logs()
      .filter(
        (entry) => entry['video_hash'] === bodies[0].hash && entry['msg'] === 'render' && !entry['cache_hit'],
      );
    expect(renders).toHaveLength(1);
  });

  it('returns 404 for an unknown event, 400 naming each invalid field, and 401 for a wrong key', async () => {
    const unknown = await post({ friction_id: crypto.randomUUID() });
    expect([unknown.status, (await bodyOf(unknown)).error.code]).toEqual([404, 'FRICTION_EVENT_NOT_FOUND']);

    const malformed = await post({ friction_id: 'x', duration_ms: 1, force_regenerate: 'yes', extra: 1 });
    expect(malformed.status).toBe(400);
    const { error } = await bodyOf(malformed);
    expect(error.code).toBe('BAD_REQUEST');
    const named = error.issues.map((issue: { path: string[]; message: string }) =>
      [...issue.path, issue.message].join(' '),
    );
    for (const field of ['friction_id', 'duration_ms', 'force_regenerate', 'extra']) {
      expect(named.join('\n')).toContain(field);
    }

    for (const key of ['', 'wrong', `${server.adminKey}x`]) {
      const refused = await post({ friction_id: demoEventId(1) }, { 'x-defrag-admin-key': key });
      expect([refused.status, (await bodyOf(refused)).error.code]).toEqual([401, 'UNAUTHORIZED']);
    }
  });
});

describe('stopping the server', () => {
  it('during a render loses nothing: the next start finishes the render', async () => {
    const dataDir = join(folder, 'restarted');
    const first = await startServerProcess(dataDir);
    const headers = { 'content-type': 'application/json', 'x-defrag-admin-key': first.adminKey };
    const body = JSON.stringify({ friction_id: demoEventId(6) });
    const queued = await fetch(`${first.url}/api/v1/admin/render-video`, { method: 'POST', headers, body });
    const { hash } = await bodyOf(queued);
    await fetch(
      `${first.url}/trpc/admin.videos.progress?input=${encodeURIComponent(JSON.stringify({ hash }))}`,
      {
        headers,
      },
    ).then(async (events) => {
      for await (const chunk of events.body ?? []) {
        if (Buffer.from(chunk).toString().includes('"RENDERING"')) return;
      }
    });
    expect(await first.stop()).toBe(0);

    const second = await startServerProcess(dataDir);
    try {
      const answer = await fetch(`${second.url}/api/v1/admin/render-video`, {
        method: 'POST',
        headers: { ...headers, prefer: 'wait=60' },
        body,
      });
      expect([answer.status, (await bodyOf(answer)).hash]).toEqual([200, hash]);
    } finally {
      expect(await second.stop()).toBe(0);
    }
  });

  it('does not wait for a client that has stopped reading', async () => {
    const dataDir = join(folder, 'stalled');
    const stalled = await startServerProcess(dataDir);
    // Larger than the socket buffers.
    const path = objectKey('e'.repeat(64));
    await mkdir(dirname(join(dataDir, 'store', path)), { recursive: true });
    await writeFile(join(dataDir, 'store', path), Buffer.alloc(64 * 1_024 * 1_024));
    const response = await fetch(`${stalled.url}/${path}`);
    expect(response.status).toBe(200);
    // A forced stop, after 20 seconds, exits with status 1.
    expect(await stalled.stop('SIGHUP')).toBe(0);
    await response.body?.cancel().catch(() => undefined);
  });
});
