import { MAX_WAIT_SECONDS, objectKey } from '@defrag/core';
import { listVideos } from '@defrag/db';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { demoEventId } from '../support/test-services.ts';
import { countLooks } from './support/count-looks.ts';
import { ADMIN_HEADERS, getAsAdmin, postJson, send } from './support/http.ts';
import { beginRender, finishRender, queueVideo, readyVideo } from './support/ready-video.ts';
import { openTestServer, PUBLIC_BASE_URL, startServer } from './support/test-server.ts';

const { services, server } = await openTestServer();
const url = `${server.url}/api/v1/admin/render-video`;

describe('POST /api/v1/admin/render-video', () => {
  it('returns 202 QUEUED with the final URL when the video must be rendered', async () => {
    const answer = await postJson(url, { friction_id: demoEventId(1) });
    expect(answer.status).toBe(202);
    const { hash } = answer.json;
    expect(answer.json).toEqual({ url: `${PUBLIC_BASE_URL}/${objectKey(hash)}`, status: 'QUEUED', hash });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect((await postJson(url, { friction_id: demoEventId(1) })).json).toEqual(answer.json);
  });

  it('returns 200 READY with the same URL when the video is in the cache', async () => {
    const { hash } = await readyVideo(services, demoEventId(2));
    const answer = await postJson(url, { friction_id: demoEventId(2) });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ url: `${PUBLIC_BASE_URL}/${objectKey(hash)}`, status: 'READY', hash });
  });

  it('accepts an uppercase id, explicit defaults and other durations', async () => {
    const body = { friction_id: demoEventId(3), duration_ms: 6_000, force_regenerate: false };
    const short = await postJson(url, { ...body, duration_ms: 1_000 });
    const standard = await postJson(url, body);
    const long = await postJson(url, { ...body, duration_ms: 10_000 });
    const hashes = [short, standard, long].map(({ status, json }) => [status, json.hash]);
    expect(new Set(hashes.map(([, hash]) => hash)).size).toBe(3);
    expect(hashes.map(([status]) => status)).toEqual([202, 202, 202]);
    const upper = await postJson(url, { friction_id: 'ABCDEF00-0000-4000-8000-000000000003' });
    expect(upper.json.error.code).toBe('FRICTION_EVENT_NOT_FOUND');
  });

  it('returns 404 for an unknown event, with a UUID of any version', async () => {
    for (const id of ['00000000-0000-4000-8000-00000000ffff', '11111111-1111-1111-1111-111111111111']) {
      const answer = await postJson(url, { friction_id: id });
      expect(answer.status).toBe(404);
      expect(answer.json.error.code).toBe('FRICTION_EVENT_NOT_FOUND');
    }
  });

  const ok = demoEventId(1);
  it.each<[string, unknown, string[]]>([
    ['no id', {}, ['friction_id']],
    ['an id that is not a UUID', { friction_id: 'x' }, ['friction_id']],
    ['an id of another type', { friction_id: 1 }, ['friction_id']],
    ['an id of null', { friction_id: null }, ['friction_id']],
    ['a short duration', { friction_id: ok, duration_ms: 999 }, ['duration_ms']],
    ['a long duration', { friction_id: ok, duration_ms: 10_001 }, ['duration_ms']],
    ['half a millisecond', { friction_id: ok, duration_ms: 1_000.5 }, ['duration_ms']],
    ['a duration as text', { friction_id: ok, duration_ms: '6000' }, ['duration_ms']],
    ['a duration of null', { friction_id: ok, duration_ms: null }, ['duration_ms']],
    ['a duration of Infinity', `{"friction_id":"${ok}","duration_ms":1e999}`, ['duration_ms']],
    ['force as text', { friction_id: ok, force_regenerate: 'true' }, ['force_regenerate']],
    ['force as number', { friction_id: ok, force_regenerate: 1 }, ['force_regenerate']],
    ['an unknown key', { friction_id: ok, frictionId: ok }, ['frictionId']],
    ['a key that every object inherits', { friction_id: ok, toString: 1 }, ['toString']],
    [
      'several invalid fields',
      { friction_id: [], duration_ms: {}, force_regenerate: [], a: 1, b: 2 },
      ['friction_id', 'duration_ms', 'force_regenerate', 'a', 'b'],
    ],
  ])('returns 400 for %s and names each field', async (_, body, fields) => {
    const answer = await postJson(url, body);
    expect(answer.status).toBe(400);
    const { code, message, issues } = answer.json.error;
    expect(code).toBe('BAD_REQUEST');
    expect(issues.map((issue: { path: string[] }) => issue.path)).toEqual(fields.map((field) => [field]));
    for (const field of fields) expect(message).toContain(field);
    for (const issue of issues) expect(issue.message).toMatch(/^(is|must) /);
  });

  it('names in each issue the field and what is valid', async () => {
    const { json } = await postJson(url, { duration_ms: 5, speed: 2 });
    expect(json.error.issues).toEqual([
      { path: ['friction_id'], message: 'is required and must be a UUID' },
      { path: ['duration_ms'], message: 'must be a whole number from 1000 to 10000' },
      {
        path: ['speed'],
        message: 'is not a known key; the known keys are friction_id, duration_ms, force_regenerate',
      },
    ]);
  });

  it.each(['null', '[]', '"text"', '5', 'true'])('returns 400 for the body %s', async (body) => {
    const answer = await postJson(url, body);
    expect(answer.status).toBe(400);
    expect(answer.json.error.issues).toEqual([{ path: [], message: 'must be an object' }]);
  });

  it.each(['', '{', '{"friction_id":}', '\u0000', '{"__proto__":{"friction_id":"x"}}', '{"a":1}{"b":2}'])(
    'returns 400 for the body %j and says that it is not valid JSON',
    async (body) => {
      const answer = await postJson(url, body);
      expect(answer.status).toBe(400);
      expect(answer.json.error).toEqual({
        code: 'BAD_REQUEST',
        message: 'The request is not valid JSON.',
        issues: [{ path: [], message: 'must be valid JSON' }],
      });
    },
  );

  it('returns 400 for a missing body', async () => {
    const answer = await send(url, {
      method: 'POST',
      headers: ADMIN_HEADERS,
    });
    expect(answer.status).toBe(400);
    expect(answer.json.error.issues).toEqual([{ path: [], message: 'must be an object' }]);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'x',
  ])('returns 415 for %s', async (type) => {
    const answer = await postJson(url, { friction_id: ok }, { 'content-type': type });
    expect(answer.status).toBe(415);
    expect(answer.json.error.code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it('returns 413 for a body that is too large', async () => {
    const answer = await postJson(url, { friction_id: 'x'.repeat(40_000) });
    expect(answer.status).toBe(413);
    expect(answer.json.error.code).toBe('PAYLOAD_TOO_LARGE');
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD'])(
    'returns 405 for %s with Allow: POST',
    async (method) => {
      const answer = await send(url, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('POST');
      if (method !== 'HEAD') expect(answer.json.error.code).toBe('METHOD_NOT_ALLOWED');
    },
  );

  it('never returns 500, for any body', async () => {
    const field = fc.oneof(fc.jsonValue(), fc.constant(ok), fc.integer(), fc.uuid());
    const body = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.record(
        { friction_id: field, duration_ms: field, force_regenerate: field, extra: field },
        { requiredKeys: [] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        const answer = await postJson(url, typeof value === 'string' ? value : JSON.stringify(value));
        expect([200, 202, 400, 404]).toContain(answer.status);
        if (answer.status >= 400) {
          expect(Object.keys(answer.json)).toEqual(['error']);
          expect(answer.text).not.toMatch(/\n\s+at |\bselect\b.+\bfrom\b|\binsert into\b/i);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('Prefer: wait', () => {
  it('waits until the video is READY and sets Preference-Applied', async () => {
    const video = await queueVideo(services, demoEventId(5));
    await beginRender(services, video);
    const waiting = postJson(url, { friction_id: demoEventId(5) }, { prefer: 'respond-async, wait=30' });
    await finishRender(services, video, Buffer.from('video'));
    const answer = await waiting;
    expect(answer.status).toBe(200);
    expect(answer.json.status).toBe('READY');
    expect(answer.headers['preference-applied']).toBe('wait=30');
  });

  it('returns 202 when the video is not READY in time', async () => {
    const answer = await postJson(url, { friction_id: demoEventId(6) }, { prefer: 'wait=1' });
    expect(answer.status).toBe(202);
    expect(answer.headers['preference-applied']).toBe('wait=1');
  });

  it('is limited to the longest allowed wait', async () => {
    await readyVideo(services, demoEventId(7));
    const answer = await postJson(url, { friction_id: demoEventId(7) }, { prefer: 'wait=3600' });
    expect(answer.headers['preference-applied']).toBe(`wait=${MAX_WAIT_SECONDS}`);
  });

  it('ends with the current status when the server stops', async () => {
    const stopping = await startServer(services);
    const path = `${stopping.url}/api/v1/admin/render-video`;
    const waiting = postJson(path, { friction_id: demoEventId(9) }, { prefer: 'wait=60' });
    await vi.waitFor(async () => {
      const { items } = await listVideos(services.database.orm, {
        limit: 1,
        direction: 'desc',
        filters: { frictionId: demoEventId(9) },
      });
      expect(items).toHaveLength(1);
    });
    await stopping.app.close();
    expect((await waiting).json.status).toBe('QUEUED');
  });

  it('ends when the client disconnects', async () => {
    const counted = countLooks(services);
    const counting = await startServer(services, { services: counted.services });
    for (const path of ['/api/v1/admin/render-video', '/trpc/admin.renderVideo']) {
      const controller = new AbortController();
      const call = fetch(counting.url + path, {
        method: 'POST',
        headers: { ...ADMIN_HEADERS, 'content-type': 'application/json', prefer: 'wait=60' },
        body: JSON.stringify({ friction_id: demoEventId(10) }),
        signal: controller.signal,
      });
      await counted.expectLooks(4);
      controller.abort();
      await expect(call).rejects.toThrow();
      await counted.expectNoMoreLooks();
    }
    await counting.app.close();
  });

  it('is ignored when it is invalid, and on routes that do not wait', async () => {
    const odd = await postJson(url, { friction_id: demoEventId(8) }, { prefer: 'wait=soon' });
    expect(odd.status).toBe(202);
    expect(odd.headers['preference-applied']).toBeUndefined();
    const list = await getAsAdmin(`${server.url}/api/v1/admin/videos`, { prefer: 'wait=30' });
    expect(list.headers['preference-applied']).toBeUndefined();
  });
});
