import { describe, expect, it } from 'vitest';
import { createAuthenticator } from '../../src/server/auth/authenticate.ts';
import { send } from './support/http.ts';
import { ADMIN_KEY, CRON_SECRET, openTestServer, startServer } from './support/test-server.ts';

const { services, server } = await openTestServer();

const REST = '/api/v1/admin/videos';
const TRPC = '/trpc/admin.videos.list';

describe('admin routes', () => {
  it.each<[string, Record<string, string | string[]>]>([
    ['the admin key', { 'x-defrag-admin-key': ADMIN_KEY }],
    ['the cron secret', { authorization: `Bearer ${CRON_SECRET}` }],
    ['the cron secret with another spelling of Bearer', { authorization: `bearer  ${CRON_SECRET}` }],
    ['a correct key and a wrong secret', { 'x-defrag-admin-key': ADMIN_KEY, authorization: 'Bearer wrong' }],
    [
      'a wrong key and the correct secret',
      { 'x-defrag-admin-key': 'x', authorization: `Bearer ${CRON_SECRET}` },
    ],
  ])('accept %s', async (_, headers) => {
    for (const path of [REST, TRPC]) expect((await send(server.url + path, { headers })).status).toBe(200);
  });

  it.each<[string, Record<string, string | string[]>]>([
    ['no credentials', {}],
    ['an empty key', { 'x-defrag-admin-key': '' }],
    ['a wrong key', { 'x-defrag-admin-key': `${ADMIN_KEY}x` }],
    ['a part of the key', { 'x-defrag-admin-key': ADMIN_KEY.slice(0, -1) }],
    ['the key in capitals', { 'x-defrag-admin-key': ADMIN_KEY.toUpperCase() }],
    ['the key twice', { 'x-defrag-admin-key': [ADMIN_KEY, ADMIN_KEY] }],
    ['a right and a wrong key', { 'x-defrag-admin-key': [ADMIN_KEY, 'x'] }],
    ['two keys in one header', { 'x-defrag-admin-key': `${ADMIN_KEY}, ${ADMIN_KEY}` }],
    ['the cron secret as the key', { 'x-defrag-admin-key': CRON_SECRET }],
    ['the admin key as the bearer', { authorization: `Bearer ${ADMIN_KEY}` }],
    ['the cron secret without a scheme', { authorization: CRON_SECRET }],
    ['the cron secret under another scheme', { authorization: `Basic ${CRON_SECRET}` }],
    ['an empty bearer', { authorization: 'Bearer ' }],
    ['two bearers', { authorization: [`Bearer ${CRON_SECRET}`, `Bearer ${CRON_SECRET}`] }],
    ['the key as a query', {}],
  ])('reject %s with 401 and a WWW-Authenticate header', async (name, headers) => {
    const query = name.includes('query') ? `?x-defrag-admin-key=${ADMIN_KEY}` : '';
    for (const path of [REST, TRPC]) {
      const answer = await send(server.url + path + query, { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="defrag"');
      expect(answer.headers['cache-control']).toBe('no-store');
      const { error } = answer.json;
      expect(error.data?.error_code ?? error.code).toBe('UNAUTHORIZED');
    }
  });

  it('check the key before they parse the body', async () => {
    const bodies = [
      { 'content-type': 'text/plain', body: 'text' },
      { 'content-type': 'application/json', body: '{not json' },
      { 'content-type': 'application/json', body: JSON.stringify('x'.repeat(100_000)) },
    ];
    for (const path of ['/api/v1/admin/render-video', '/trpc/admin.renderVideo']) {
      for (const { body, ...headers } of bodies) {
        const answer = await send(server.url + path, { method: 'POST', headers, body });
        expect(answer.status).toBe(401);
      }
    }
  });

  it('all return 401 without a key', async () => {
    const { json } = await send(`${server.url}/api/v1/openapi.json`);
    const routes = Object.entries<Record<string, { security?: unknown }>>(json.paths).flatMap(
      ([path, operations]) =>
        Object.entries(operations).map(([method, { security }]) => ({
          path,
          method,
          isForAdmins: security !== undefined,
        })),
    );
    const admin = routes.filter(({ isForAdmins }) => isForAdmins);
    expect(admin.map(({ path }) => path).filter((path) => !path.startsWith('/api/v1/admin/'))).toEqual([]);
    expect(routes.filter(({ path }) => path.startsWith('/api/v1/admin/'))).toEqual(admin);
    for (const { path, method } of admin) {
      const answer = await send(server.url + path.replaceAll(/\{\w+\}/g, 'x'), {
        method: method.toUpperCase(),
      });
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });

  it('return 401 in a batch with a public procedure', async () => {
    const input = encodeURIComponent(JSON.stringify({ 0: { hash: 'x' }, 1: {} }));
    const answer = await send(`${server.url}/trpc/assets.byHash,admin.videos.list?batch=1&input=${input}`);
    expect(answer.status).toBe(401);
  });

  it('do not log the keys', () => {
    const log = services.logLines.join('');
    expect(log).toContain('"status":401');
    for (const secret of [ADMIN_KEY, CRON_SECRET]) expect(log).not.toContain(secret);
  });
});

describe('a server without a secret', () => {
  it.each([undefined, ''])('accepts no bearer token when the cron secret is %j', async (cronSecret) => {
    const open = await startServer(services, { auth: { adminKey: ADMIN_KEY, cronSecret } });
    for (const bearer of ['', 'undefined', CRON_SECRET]) {
      const answer = await send(open.url + REST, { headers: { authorization: `Bearer ${bearer}` } });
      expect(answer.status).toBe(401);
    }
    await open.app.close();
  });

  it('throws RangeError when the admin key is empty', async () => {
    await expect(startServer(services, { auth: { adminKey: '' } })).rejects.toThrow(RangeError);
  });
});

describe('a key with non-ASCII characters', () => {
  it('is compared as UTF-8 bytes', () => {
    const authenticate = createAuthenticator({ adminKey: 'schlüssel-🔑' });
    const headersDistinct = { 'x-defrag-admin-key': [Buffer.from('schlüssel-🔑').toString('latin1')] };
    expect(authenticate({ headersDistinct } as never)).toBe(true);
  });
});

describe('rate limits', () => {
  it('return 429 with Retry-After after too many failed authentications on REST and tRPC together', async () => {
    const { url, app } = await startServer(services, { rateLimit: { failedAuthPerMinute: 3 } });
    const wrong = { headers: { 'x-defrag-admin-key': 'wrong' } };
    for (const path of [REST, TRPC, REST]) expect((await send(url + path, wrong)).status).toBe(401);
    for (const path of [REST, TRPC]) {
      const answer = await send(url + path, wrong);
      expect(answer.status).toBe(429);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
      const { error } = answer.json;
      expect(error.data?.error_code ?? error.code).toBe('TOO_MANY_REQUESTS');
    }
    // The correct key still works: otherwise anyone behind the same proxy could lock the operators out.
    expect((await send(url + REST, { headers: { 'x-defrag-admin-key': ADMIN_KEY } })).status).toBe(200);
    // Public routes still work.
    expect((await send(`${url}/healthz`)).status).toBe(200);
    expect((await send(`${url}/trpc/assets.byHash?input=${encodeURIComponent('{"hash":"x"}')}`)).status).toBe(
      404,
    );
    await app.close();
  });

  it('return 429 with Retry-After after too many requests with a valid key', async () => {
    const { url, app } = await startServer(services, { rateLimit: { adminPerMinute: 2 } });
    const right = { headers: { 'x-defrag-admin-key': ADMIN_KEY } };
    for (const path of [REST, TRPC]) expect((await send(url + path, right)).status).toBe(200);
    const answer = await send(url + REST, right);
    expect(answer.status).toBe(429);
    expect(answer.json.error).toEqual({
      code: 'TOO_MANY_REQUESTS',
      message: 'Too many requests. Try again later.',
    });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    await app.close();
  });

  it('count clients by X-Forwarded-For behind a trusted proxy only', async () => {
    const wrong = (address: string) => ({
      headers: { 'x-defrag-admin-key': 'x', 'x-forwarded-for': address },
    });
    const trusting = await startServer(services, { trustProxy: true, rateLimit: { failedAuthPerMinute: 1 } });
    expect((await send(trusting.url + REST, wrong('10.0.0.1'))).status).toBe(401);
    expect((await send(trusting.url + REST, wrong('10.0.0.1'))).status).toBe(429);
    expect((await send(trusting.url + REST, wrong('10.0.0.2'))).status).toBe(401);
    await trusting.app.close();

    const suspicious = await startServer(services, { rateLimit: { failedAuthPerMinute: 1 } });
    expect((await send(suspicious.url + REST, wrong('10.0.0.1'))).status).toBe(401);
    expect((await send(suspicious.url + REST, wrong('10.0.0.2'))).status).toBe(429);
    await suspicious.app.close();
  });
});
