import { objectKey, RENDERER_VERSION, videoInputs } from '@defrag/core';
import { failRender, findFrictionEvent } from '@defrag/db';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoEventId, type TestServices } from '../support/test-services.ts';
import { ADMIN_HEADERS, getAsAdmin, postJson, send } from './support/http.ts';
import { beginRender, queueVideo, readyVideo } from './support/ready-video.ts';
import { openServerServices, PUBLIC_BASE_URL, startServer, type TestServer } from './support/test-server.ts';

let services: TestServices;
let server: TestServer;
let admin: string;

beforeAll(async () => {
  services = await openServerServices();
  server = await startServer(services);
  admin = `${server.url}/api/v1/admin`;
});

afterAll(async () => {
  await server.app.close();
  await services.close();
});

const missingHash = 'f'.repeat(64);

describe('GET /api/v1/admin/friction-events', () => {
  it('goes through all events in pages, in the order asked for, none twice', async () => {
    const scores: number[] = [];
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const place: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await getAsAdmin(
        `${admin}/friction-events?limit=5&sort=friction_score&direction=asc${place}`,
      );
      expect(page.status).toBe(200);
      scores.push(...page.json.items.map((event: { friction_score: number }) => event.friction_score));
      ids.push(...page.json.items.map((event: { id: string }) => event.id));
      cursor = page.json.next_cursor;
    } while (cursor !== null);
    expect(new Set(ids).size).toBe(12);
    expect(ids).toHaveLength(12);
    expect(scores).toEqual([...scores].sort((left, right) => left - right));
  });

  it('filters by scores and by the state of the video at a length', async () => {
    const video = await readyVideo(services, demoEventId(1), Buffer.from('video'), 2_000);
    const ready = await getAsAdmin(`${admin}/friction-events?video_status=READY&duration_ms=2000`);
    expect(ready.json.items).toHaveLength(1);
    expect(ready.json.items[0]).toMatchObject({
      id: demoEventId(1),
      video: { hash: video.hash, status: 'READY', url: `${PUBLIC_BASE_URL}/${objectKey(video.hash)}` },
    });
    expect((await getAsAdmin(`${admin}/friction-events?video_status=READY`)).json.items).toEqual([]);
    const high = await getAsAdmin(`${admin}/friction-events?min_friction_score=90&limit=100`);
    for (const event of high.json.items) expect(event.friction_score).toBeGreaterThanOrEqual(90);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['limit=ten', 'limit'],
    ['sort=id', 'sort'],
    ['direction=up', 'direction'],
    ['min_friction_score=-1', 'min_friction_score'],
    ['max_pressure_score=101', 'max_pressure_score'],
    ['date_from=2026-02-30', 'date_from'],
    ['date_to=0000-01-01', 'date_to'],
    ['fidelity_bucket=high', 'fidelity_bucket'],
    ['video_status=DONE', 'video_status'],
    ['duration_ms=1', 'duration_ms'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=', 'cursor'],
    ['page=2', 'page'],
  ])('answers 400 for %s and names %s', async (text, field) => {
    const answer = await getAsAdmin(`${admin}/friction-events?${text}`);
    expect(answer.status).toBe(400);
    expect(answer.json.error.issues.map(({ path }: { path: string[] }) => path)).toEqual([[field]]);
  });

  it('refuses the cursor of another order', async () => {
    const { json } = await getAsAdmin(`${admin}/friction-events?limit=1&sort=event_date`);
    const place = encodeURIComponent(json.next_cursor);
    const answer = await getAsAdmin(`${admin}/friction-events?limit=1&sort=friction_score&cursor=${place}`);
    expect(answer.status).toBe(400);
    expect(answer.json.error.issues[0].path).toEqual(['cursor']);
  });
});

describe('lists', () => {
  it('never answer 500, whatever the query and the cursor are', async () => {
    const keys = [
      'limit',
      'cursor',
      'sort',
      'direction',
      'min_friction_score',
      'date_from',
      'date_to',
      'duration_ms',
      'video_status',
      'status',
      'engine',
      'renderer_version',
      'friction_id',
      'created_from',
      'created_to',
    ];
    const instant = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    const cursor = fc
      .tuple(
        fc.constantFrom('event_date desc', 'created_at desc'),
        fc.oneof(fc.string(), instant),
        fc.string(),
      )
      .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'));
    const day = instant.map((text) => text.slice(0, 10));
    const value = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      instant,
      day,
      cursor,
      fc.uuid(),
      fc.constant('\0'),
    );
    const query = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 3 });
    const list = fc.constantFrom('friction-events', 'videos');
    await fc.assert(
      fc.asyncProperty(list, query, async (name, entries) => {
        const answer = await getAsAdmin(`${admin}/${name}?${new URLSearchParams(entries)}`);
        expect([200, 400]).toContain(answer.status);
      }),
      { numRuns: 400 },
    );
  });
});

describe('GET /api/v1/admin/friction-events/{friction_id}', () => {
  it('gives the event with the exact text that is hashed', async () => {
    const event = await findFrictionEvent(services.database.orm, demoEventId(4));
    if (event === undefined) throw new Error('the demo events are missing');
    const answer = await getAsAdmin(`${admin}/friction-events/${demoEventId(4)}?duration_ms=3000`);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      id: demoEventId(4),
      provenance_hash: event.provenanceHash,
      renderer_version: RENDERER_VERSION,
      canonical_inputs: videoInputs({ ...event, seed: event.provenanceHash, durationMs: 3_000 }).canonical,
      video: { status: 'MISSING', url: null },
    });
  });

  it('answers 404 for an unknown event and 400 for what is no id', async () => {
    expect((await getAsAdmin(`${admin}/friction-events/${demoEventId(99)}`)).json.error.code).toBe(
      'FRICTION_EVENT_NOT_FOUND',
    );
    expect((await getAsAdmin(`${admin}/friction-events/x`)).json.error.issues[0].path).toEqual([
      'friction_id',
    ]);
  });
});

describe('videos', () => {
  it('are listed and described with their inputs and renders, and without their motion', async () => {
    const { hash, jobId } = await readyVideo(services, demoEventId(5), Buffer.from('five'));
    const list = await getAsAdmin(`${admin}/videos?friction_id=${demoEventId(5)}&status=READY`);
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
    const detail = await getAsAdmin(`${admin}/videos/${hash}`);
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
  ])('are not listed for %s; 400 names %s', async (text, field) => {
    const answer = await getAsAdmin(`${admin}/videos?${text}`);
    expect(answer.status).toBe(400);
    expect(answer.json.error.issues.map(({ path }: { path: string[] }) => path)).toEqual([[field]]);
  });

  it('are filtered by time at both ends', async () => {
    await readyVideo(services, demoEventId(6));
    const past = await getAsAdmin(`${admin}/videos?created_to=2000-01-01T00:00:00Z`);
    const since = await getAsAdmin(`${admin}/videos?created_from=2000-01-01T00:00:00.000Z`);
    expect(past.json.items).toEqual([]);
    expect(since.json.items.length).toBeGreaterThan(0);
  });

  it('are asked for again by retry: 202, and one job more', async () => {
    const video = await queueVideo(services, demoEventId(7));
    await beginRender(services, video);
    const failure = {
      jobId: video.jobId,
      hash: video.hash,
      errorCode: 'RENDER_FAILED',
      errorMessage: 'It failed.',
    };
    await failRender(services.database.orm, failure);
    const failed = await getAsAdmin(`${admin}/videos/${video.hash}`);
    expect(failed.json).toMatchObject({ status: 'FAILED', latest_job: { error_code: 'RENDER_FAILED' } });

    const answer = await postJson(`${admin}/videos/${video.hash}/retry`, {});
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ status: 'QUEUED', hash: video.hash });
    expect((await getAsAdmin(`${admin}/videos/${video.hash}`)).json.jobs).toHaveLength(2);
  });

  it('are cancelled once, without a body', async () => {
    const { json } = await postJson(`${admin}/render-video`, { friction_id: demoEventId(8) });
    const cancel = () =>
      send(`${admin}/videos/${json.hash}/cancel`, {
        method: 'POST',
        headers: ADMIN_HEADERS,
      });
    expect((await cancel()).json).toEqual({ hash: json.hash, cancelled: true });
    expect((await cancel()).json).toEqual({ hash: json.hash, cancelled: false });
  });

  it('answer 404 for an unknown hash, whatever is asked of them', async () => {
    const answers = [
      await getAsAdmin(`${admin}/videos/${missingHash}`),
      await postJson(`${admin}/videos/${missingHash}/retry`, {}),
      await postJson(`${admin}/videos/${missingHash}/cancel`, {}),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(answer.json.error.code).toBe('VIDEO_NOT_FOUND');
    }
  });

  it('answer 400 for what is no hash, and for keys that are not asked for', async () => {
    expect((await getAsAdmin(`${admin}/videos/abc`)).json.error.issues[0].path).toEqual(['hash']);
    const answer = await postJson(`${admin}/videos/${missingHash}/cancel`, { force: true });
    expect(answer.json.error.issues[0].path).toEqual(['force']);
    expect((await postJson(`${admin}/videos/${missingHash}/cancel`, '[]')).status).toBe(400);
  });
});

describe('GET /api/v1/assets/{hash}', () => {
  it('gives everybody the public row and nothing else', async () => {
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

  it('gives no URL before the asset is READY', async () => {
    const { hash } = await queueVideo(services, demoEventId(10));
    expect((await send(`${server.url}/api/v1/assets/${hash}`)).json).toMatchObject({
      status: 'QUEUED',
      url: null,
    });
  });

  it('gives a still its own URL, under a hash of any form', async () => {
    await services.database.executeSql(
      "insert into asset_cache_public (hash, type, status, url) values ('still-1', 'STILL', 'READY', 'https://x.test/s.png')",
    );
    const answer = await send(`${server.url}/api/v1/assets/still-1`);
    expect(answer.json).toMatchObject({ type: 'STILL', url: 'https://x.test/s.png', duration_seconds: null });
  });

  it('answers 400 for an address that is too long', async () => {
    const answer = await send(`${server.url}/api/v1/assets/${'x'.repeat(2_000)}`);
    expect([answer.status, answer.json.error.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('answers 404 for an unknown hash and 400 for what can be none', async () => {
    expect((await send(`${server.url}/api/v1/assets/${missingHash}`)).json.error.code).toBe('NOT_FOUND');
    for (const hash of ['%00', '%20', 'x'.repeat(201), '%C3%A4']) {
      const answer = await send(`${server.url}/api/v1/assets/${hash}`);
      expect(answer.status).toBe(400);
      expect(answer.json.error.issues[0].path).toEqual(['hash']);
    }
  });
});
