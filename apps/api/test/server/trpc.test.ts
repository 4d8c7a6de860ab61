import { objectKey } from '@defrag/core';
import { describe, expect, it } from 'vitest';
import { demoEventId } from '../support/test-services.ts';
import { ADMIN_HEADERS, type Answer, getAsAdmin, postJson, send } from './support/http.ts';
import { readyVideo } from './support/ready-video.ts';
import { openTestServer, PUBLIC_BASE_URL } from './support/test-server.ts';

const { services, server } = await openTestServer();

const query = (procedure: string, input: unknown): Promise<Answer> =>
  getAsAdmin(`${server.url}/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`);
const mutate = (procedure: string, input: unknown, headers?: Record<string, string>): Promise<Answer> =>
  postJson(`${server.url}/trpc/${procedure}`, input, headers);

describe('tRPC over plain HTTP', () => {
  it('returns plain JSON for a mutation: 202 while QUEUED, 200 when READY', async () => {
    const queued = await mutate('admin.renderVideo', { friction_id: demoEventId(1) });
    expect(queued.status).toBe(202);
    expect(queued.json.result.data).toMatchObject({ status: 'QUEUED' });

    const { hash } = await readyVideo(services, demoEventId(2));
    const ready = await mutate('admin.renderVideo', { friction_id: demoEventId(2) });
    expect(ready.status).toBe(200);
    expect(ready.json).toEqual({
      result: { data: { url: `${PUBLIC_BASE_URL}/${objectKey(hash)}`, status: 'READY', hash } },
    });
  });

  it('returns dates as ISO 8601 strings', async () => {
    const answer = await query('admin.frictionEvents.byId', { friction_id: demoEventId(1) });
    expect(answer.status).toBe(200);
    expect(answer.json.result.data.created_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('returns a list without any input', async () => {
    for (const procedure of ['admin.videos.list', 'admin.frictionEvents.list']) {
      expect((await getAsAdmin(`${server.url}/trpc/${procedure}`)).status).toBe(200);
    }
  });

  it('applies Prefer: wait', async () => {
    const answer = await mutate('admin.renderVideo', { friction_id: demoEventId(3) }, { prefer: 'wait=1' });
    expect(answer.status).toBe(202);
    expect(answer.headers['preference-applied']).toBe('wait=1');
  });

  it('names each invalid field in data.issues, as REST does', async () => {
    const body = { friction_id: 'x', duration_ms: '6000', other: 1 };
    const trpc = await mutate('admin.renderVideo', body);
    const rest = await postJson(`${server.url}/api/v1/admin/render-video`, body);
    expect(trpc.status).toBe(400);
    expect(trpc.json.error).toEqual({
      message: rest.json.error.message,
      code: -32600,
      data: {
        code: 'BAD_REQUEST',
        httpStatus: 400,
        path: 'admin.renderVideo',
        error_code: 'BAD_REQUEST',
        issues: rest.json.error.issues,
      },
    });
  });

  it('rejects a number as text, also after REST has read numbers from a query string', async () => {
    const body = { friction_id: demoEventId(1), duration_ms: '6000' };
    expect((await mutate('admin.renderVideo', body)).status).toBe(400);
    const events = `${server.url}/api/v1/admin/friction-events?duration_ms=6000&limit=1`;
    expect((await getAsAdmin(events)).status).toBe(200);
    expect((await postJson(`${server.url}/api/v1/admin/render-video`, body)).status).toBe(400);
    expect((await mutate('admin.renderVideo', body)).status).toBe(400);
    expect((await query('admin.frictionEvents.list', { duration_ms: '6000' })).status).toBe(400);
  });

  it.each<[string, number, string, () => Promise<Answer>]>([
    [
      'an unknown event',
      404,
      'FRICTION_EVENT_NOT_FOUND',
      () => mutate('admin.renderVideo', { friction_id: demoEventId(99) }),
    ],
    ['an unknown procedure', 404, 'NOT_FOUND', () => query('admin.nothing', {})],
    ['an undecodable name', 404, 'NOT_FOUND', () => getAsAdmin(`${server.url}/trpc/%25E0%25`)],
    ['a query sent as POST', 405, 'METHOD_NOT_ALLOWED', () => mutate('admin.videos.list', {})],
    ['a mutation sent as GET', 405, 'METHOD_NOT_ALLOWED', () => query('admin.renderVideo', {})],
    ['a body that is not JSON', 400, 'BAD_REQUEST', () => mutate('admin.renderVideo', '{')],
    [
      'an input that is not JSON',
      400,
      'BAD_REQUEST',
      () => getAsAdmin(`${server.url}/trpc/admin.videos.list?input={`),
    ],
    [
      'a body that is too large',
      413,
      'PAYLOAD_TOO_LARGE',
      () => mutate('admin.renderVideo', ' '.repeat(40_000)),
    ],
    [
      'another type',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      () => mutate('admin.renderVideo', '{}', { 'content-type': 'text/plain' }),
    ],
    [
      'a form',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      () => mutate('admin.renderVideo', '--x--', { 'content-type': 'multipart/form-data; boundary=x' }),
    ],
    [
      'bytes',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      () => mutate('admin.renderVideo', 'x', { 'content-type': 'application/octet-stream' }),
    ],
  ])('maps %s to %i %s in the tRPC error envelope', async (_, status, code, call) => {
    const answer = await call();
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(Object.keys(answer.json)).toEqual(['error']);
    expect(answer.json.error).toMatchObject({
      message: expect.any(String),
      code: expect.any(Number),
      data: { httpStatus: status, error_code: code },
    });
    expect(answer.json.error.data).not.toHaveProperty('stack');
  });

  it('says that a malformed body or input must be valid JSON', async () => {
    for (const answer of [
      await mutate('admin.renderVideo', '{"a":'),
      await getAsAdmin(`${server.url}/trpc/admin.videos.list?input=%7B`),
    ]) {
      expect(answer.json.error.data.issues).toEqual([{ path: [], message: 'must be valid JSON' }]);
    }
  });

  it('returns the results of a batch in order, with 207', async () => {
    const input = encodeURIComponent(
      JSON.stringify({ 0: { friction_id: demoEventId(1) }, 1: { friction_id: demoEventId(99) } }),
    );
    const procedures = 'admin.frictionEvents.byId,admin.frictionEvents.byId';
    const answer = await getAsAdmin(`${server.url}/trpc/${procedures}?batch=1&input=${input}`);
    expect(answer.status).toBe(207);
    expect(answer.json[0].result.data.id).toBe(demoEventId(1));
    expect(answer.json[1].error.data.error_code).toBe('FRICTION_EVENT_NOT_FOUND');
  });

  it('returns 400 for a batch of more than 20 calls', async () => {
    const procedures = Array.from({ length: 21 }, () => 'assets.byHash').join(',');
    const answer = await send(`${server.url}/trpc/${procedures}?batch=1&input=%7B%7D`, {
      headers: ADMIN_HEADERS,
    });
    expect(answer.status).toBe(400);
  });

  it('sends Cache-Control: no-store and Vary: Origin', async () => {
    const answer = await query('admin.videos.list', {});
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers.vary).toMatch(/\borigin\b/i);
  });
});
