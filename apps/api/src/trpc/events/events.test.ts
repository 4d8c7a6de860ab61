import { objectKey, RENDERER_VERSION, videoInputs } from '@defrag/core';
import { failRender, findFrictionEvent } from '@defrag/db';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { getAsAdmin } from '../../../test/server/support/http.ts';
import { queueVideo, readyVideo } from '../../../test/server/support/ready-video.ts';
import { openTestServer, PUBLIC_BASE_URL } from '../../../test/server/support/test-server.ts';
import { isApiError, type RouterOutputs, waitFor } from '../../../test/support/api-client.ts';
import { scriptedEngine, works } from '../../../test/support/scripted-engine.ts';
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
const REST = `${server.url}/api/v1/admin`;

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

describe('admin.frictionEvents', () => {
  it('returns the event with its video of the requested length', async () => {
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

  it('sorts by video status and finds events by id prefix', async () => {
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

describe('GET /api/v1/admin/friction-events', () => {
  it('returns every event once across pages, in the requested order', async () => {
    const scores: number[] = [];
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const place: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await getAsAdmin(
        `${REST}/friction-events?limit=5&sort=friction_score&direction=asc${place}`,
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

  it('filters by score and by the status of the video of a length', async () => {
    const video = await readyVideo(services, demoEventId(1), Buffer.from('video'), 2_000);
    const ready = await getAsAdmin(`${REST}/friction-events?video_status=READY&duration_ms=2000`);
    expect(ready.json.items).toHaveLength(1);
    expect(ready.json.items[0]).toMatchObject({
      id: demoEventId(1),
      video: { hash: video.hash, status: 'READY', url: `${PUBLIC_BASE_URL}/${objectKey(video.hash)}` },
    });
    expect((await getAsAdmin(`${REST}/friction-events?video_status=READY`)).json.items).toEqual([]);
    const high = await getAsAdmin(`${REST}/friction-events?min_friction_score=90&limit=100`);
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
  ])('returns 400 for ?%s and names %s', async (text, field) => {
    const answer = await getAsAdmin(`${REST}/friction-events?${text}`);
    expect(answer.status).toBe(400);
    expect(answer.json.error.issues.map(({ path }: { path: string[] }) => path)).toEqual([[field]]);
  });

  it('returns 400 for a cursor of another sort order', async () => {
    const { json } = await getAsAdmin(`${REST}/friction-events?limit=1&sort=event_date`);
    const place = encodeURIComponent(json.next_cursor);
    const answer = await getAsAdmin(`${REST}/friction-events?limit=1&sort=friction_score&cursor=${place}`);
    expect(answer.status).toBe(400);
    expect(answer.json.error.issues[0].path).toEqual(['cursor']);
  });
});

describe('list queries', () => {
  it('never return 500, for any query and cursor', async () => {
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
        const answer = await getAsAdmin(`${REST}/${name}?${new URLSearchParams(entries)}`);
        expect([200, 400]).toContain(answer.status);
      }),
      { numRuns: 400 },
    );
  });
});

describe('GET /api/v1/admin/friction-events/{friction_id}', () => {
  it('returns the event with its canonical inputs', async () => {
    const event = await findFrictionEvent(services.database.orm, demoEventId(4));
    if (event === undefined) throw new Error('the demo events are missing');
    const answer = await getAsAdmin(`${REST}/friction-events/${demoEventId(4)}?duration_ms=3000`);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      id: demoEventId(4),
      provenance_hash: event.provenanceHash,
      renderer_version: RENDERER_VERSION,
      canonical_inputs: videoInputs({ ...event, seed: event.provenanceHash, durationMs: 3_000 }).canonical,
      video: { status: 'MISSING', url: null },
    });
  });

  it('returns 404 for an unknown event and 400 for an invalid id', async () => {
    expect((await getAsAdmin(`${REST}/friction-events/${demoEventId(99)}`)).json.error.code).toBe(
      'FRICTION_EVENT_NOT_FOUND',
    );
    expect((await getAsAdmin(`${REST}/friction-events/x`)).json.error.issues[0].path).toEqual([
      'friction_id',
    ]);
  });
});
