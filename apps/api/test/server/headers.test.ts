import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { getAsAdmin, send } from './support/http.ts';
import { openTestServer, startServer } from './support/test-server.ts';

const { services, server } = await openTestServer();

const ALLOWED = 'https://admin.test';
const ADMIN_PATHS = ['/api/v1/admin/videos', '/trpc/admin.videos.list'];

async function sendRaw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = createConnection({ host: hostname, port: Number(port) });
  socket.end(bytes);
  return text(socket);
}

describe('CORS: pages of other origins', () => {
  it('may call the admin routes when their origin is allowed', async () => {
    for (const path of ADMIN_PATHS) {
      const preflight = await send(server.url + path, {
        method: 'OPTIONS',
        headers: {
          origin: ALLOWED,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x-defrag-admin-key,content-type,prefer',
        },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers['access-control-allow-origin']).toBe(ALLOWED);
      expect(preflight.headers['access-control-allow-methods']).toContain('POST');
      for (const name of ['x-defrag-admin-key', 'content-type', 'prefer', 'last-event-id']) {
        expect(preflight.headers['access-control-allow-headers']).toContain(name);
      }
      const answer = await getAsAdmin(server.url + path, { origin: ALLOWED });
      expect(answer.headers['access-control-allow-origin']).toBe(ALLOWED);
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
      expect(answer.headers['access-control-expose-headers']).toContain('retry-after');
      expect(answer.headers.vary).toMatch(/\borigin\b/i);
    }
  });

  it('can read error responses too', async () => {
    for (const path of ADMIN_PATHS) {
      const answer = await send(server.url + path, { headers: { origin: ALLOWED } });
      expect(answer.status).toBe(401);
      expect(answer.headers['access-control-allow-origin']).toBe(ALLOWED);
    }
  });

  it.each(['https://evil.test', 'https://admin.test.evil.test', 'http://admin.test', 'null'])(
    'may not call the admin routes from %s',
    async (origin) => {
      for (const path of ADMIN_PATHS) {
        const answer = await getAsAdmin(server.url + path, { origin });
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
        const preflight = await send(server.url + path, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'POST' },
        });
        expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );

  it('may call no admin route with an empty allowlist, and every one with a wildcard', async () => {
    const closed = await startServer(services, { corsOrigins: [] });
    const open = await startServer(services, { corsOrigins: ['*'] });
    for (const path of ADMIN_PATHS) {
      const origin = 'https://any.test';
      const refused = await getAsAdmin(closed.url + path, { origin });
      const granted = await getAsAdmin(open.url + path, { origin });
      expect(refused.headers['access-control-allow-origin']).toBeUndefined();
      expect(granted.headers['access-control-allow-origin']).toBe('*');
    }
    await closed.app.close();
    await open.app.close();
  });

  it('may read assets and the OpenAPI document from any origin', async () => {
    for (const path of ['/api/v1/assets/x', '/api/v1/openapi.json']) {
      const answer = await send(server.url + path, { headers: { origin: 'https://any.test' } });
      expect(answer.headers['access-control-allow-origin']).toBe('*');
    }
  });
});

describe('every response', () => {
  it('has security headers and a content security policy without default sources', async () => {
    for (const path of ['/healthz', '/nothing', ...ADMIN_PATHS, '/api/v1/openapi.json']) {
      const { headers } = await send(server.url + path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
  });

  it("has the caller's X-Request-Id, which is logged, or a new id if that is invalid", async () => {
    const own = await send(`${server.url}/nothing`, { headers: { 'x-request-id': 'caller-1' } });
    expect(own.headers['x-request-id']).toBe('caller-1');
    expect(services.logLines.join('')).toContain('"request_id":"caller-1"');
    const odd = await send(`${server.url}/nothing`, { headers: { 'x-request-id': 'a b"c' } });
    expect(odd.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is logged in one line, without query or headers', async () => {
    await getAsAdmin(`${server.url}/api/v1/admin/videos?limit=7`, {
      'x-request-id': 'line-1',
      cookie: 'secret=1',
    });
    const lines = services.logLines.filter((line) => line.includes('line-1'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      method: 'GET',
      path: '/api/v1/admin/videos',
      status: 200,
      duration_ms: expect.any(Number),
    });
    expect(lines[0]).not.toMatch(/limit|cookie|secret/);
  });
});

describe('unknown and malformed requests', () => {
  it.each([
    '/',
    '/nothing',
    '/api',
    '/api/v1',
    '/api/v2/assets/x',
    '/healthz/',
    '/HEALTHZ',
    '/trpc',
    '/trpc/',
    '/.env',
  ])('return 404 NOT_FOUND for %s', async (path) => {
    for (const method of ['GET', 'POST']) {
      const answer = await send(server.url + path, { method });
      expect(answer.status).toBe(404);
      const { error } = answer.json;
      expect(error.data?.error_code ?? error.code).toBe('NOT_FOUND');
    }
  });

  it.each(['/%', '/%E0%A4%A', '/api/v1/assets/%'])(
    'return 400 BAD_REQUEST for the malformed path %s',
    async (path) => {
      const answer = await send(server.url + path);
      expect(answer.status).toBe(400);
      expect(answer.json).toEqual({
        error: { code: 'BAD_REQUEST', message: 'The request could not be parsed.' },
      });
    },
  );

  it('return 400 BAD_REQUEST for malformed HTTP', async () => {
    const answer = await sendRaw('NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: { code: 'BAD_REQUEST' } });
  });

  it('return 431 for headers that are too large', async () => {
    const answer = await sendRaw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: { code: 'BAD_REQUEST' } });
  });

  it('return 400 for an invalid Host header', async () => {
    const answer = await sendRaw('GET /trpc/assets.byHash HTTP/1.1\r\nhost: [\r\nconnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});
