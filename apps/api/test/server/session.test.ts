import { hkdfSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AppOptions } from '../../src/server/app.ts';
import { demoEventId } from '../support/test-services.ts';
import { openStream } from './support/event-stream.ts';
import { type Answer, send } from './support/http.ts';
import { queueVideo } from './support/ready-video.ts';
import { ADMIN_KEY, CRON_SECRET, openTestServer, startServer } from './support/test-server.ts';

const { services, server } = await openTestServer({
  rateLimit: { signInPerMinute: 10_000, failedAuthPerMinute: 10_000 },
});

const SAME = { 'sec-fetch-site': 'same-origin' };
const HALF_A_DAY_MS = 12 * 3_600_000;

/** Starts another server until the test ends. */
async function anotherServer(options: Partial<AppOptions>): Promise<string> {
  const { url, app } = await startServer(services, options);
  onTestFinished(() => app.close());
  return url;
}

const call = (url: string, procedure: string, input: unknown, headers: Record<string, string> = {}) =>
  send(`${url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  });

const signIn = (url: string, key: string, headers: Record<string, string> = SAME) =>
  call(url, 'session.signIn', { admin_key: key }, headers);

function cookieOf(answer: Answer): string {
  const [cookie] = answer.headers['set-cookie'] ?? [];
  return cookie?.split(';', 1)[0] ?? '';
}

async function signedIn(url = server.url): Promise<{ cookie: string }> {
  return { cookie: cookieOf(await signIn(url, ADMIN_KEY)) };
}

const list = (headers: Record<string, string>, url = server.url) =>
  send(`${url}/trpc/admin.videos.list`, { headers });

const whoAmI = async (headers: Record<string, string>, url = server.url) =>
  (await send(`${url}/trpc/session.get`, { headers })).json.result.data;

const errorCode = (answer: Answer) => answer.json.error.data?.error_code ?? answer.json.error.code;

describe('signing in', () => {
  it('exchanges the key for an HttpOnly, SameSite=Strict cookie that expires in 12 hours', async () => {
    const answer = await signIn(server.url, ADMIN_KEY);
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    const { data } = answer.json.result;
    expect(data.signed_in).toBe(true);
    const lasts = Date.parse(data.expires_at) - Date.now();
    expect(lasts).toBeGreaterThan(HALF_A_DAY_MS - 60_000);
    expect(lasts).toBeLessThanOrEqual(HALF_A_DAY_MS);
    const [cookie, ...others] = answer.headers['set-cookie'] ?? [];
    expect(others).toEqual([]);
    const [pair, ...attributes] = cookie?.split('; ') ?? [];
    expect(pair).toMatch(/^defrag-session=[\w.-]+$/);
    expect(attributes.sort()).toEqual([
      expect.stringMatching(/^Expires=/),
      ...['HttpOnly', 'Path=/', 'SameSite=Strict'],
    ]);
    expect(cookie).not.toContain(ADMIN_KEY);
  });

  it('sets a Secure __Host- cookie when the public URL is https', async () => {
    const url = await anotherServer({ publicBaseUrl: 'https://video.test' });
    const answer = await signIn(url, ADMIN_KEY);
    const [cookie] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^__Host-defrag-session=/);
    expect(cookie?.split('; ')).toContain('Secure');
    expect(await whoAmI({ cookie: cookieOf(answer) }, url)).toMatchObject({ signed_in: true });
  });

  it('accepts a key with non-ASCII characters', async () => {
    const adminKey = 'schlüssel-🔑-0123456789';
    const url = await anotherServer({ auth: { adminKey } });
    expect((await signIn(url, adminKey)).status).toBe(200);
  });

  it.each([
    ['a wrong key', `${ADMIN_KEY}x`],
    ['a part of the key', ADMIN_KEY.slice(0, -1)],
    ['the cron secret', CRON_SECRET],
  ])('rejects %s with 401 and sets no cookie', async (_, key) => {
    const answer = await signIn(server.url, key);
    expect([answer.status, errorCode(answer)]).toEqual([401, 'UNAUTHORIZED']);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.text).not.toContain(key);
  });

  it.each([
    [{ admin_key: '' }, 'admin_key'],
    [{}, 'admin_key'],
    [{ admin_key: 7 }, 'admin_key'],
    [{ admin_key: 'x'.repeat(1_001) }, 'admin_key'],
    [{ admin_key: 'x', remember: true }, 'remember'],
  ])('returns 400 for %j and names the invalid field %s', async (input, field) => {
    const answer = await call(server.url, 'session.signIn', input, SAME);
    expect(answer.status).toBe(400);
    expect(answer.json.error.data.issues[0].path).toEqual([field]);
  });

  it('is rate-limited by address, with Retry-After; each call of a batch counts', async () => {
    const url = await anotherServer({ rateLimit: { signInPerMinute: 3 } });
    expect((await signIn(url, 'wrong')).status).toBe(401);
    const body = JSON.stringify({
      0: { admin_key: 'a' },
      1: { admin_key: 'b' },
      2: { admin_key: ADMIN_KEY },
    });
    const batch = await send(`${url}/trpc/session.signIn,session.signIn,session.signIn?batch=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...SAME },
      body,
    });
    expect(batch.json[2].error.data.error_code).toBe('TOO_MANY_REQUESTS');
    expect(batch.headers['set-cookie']).toBeUndefined();
    const answer = await signIn(url, ADMIN_KEY);
    expect([answer.status, errorCode(answer)]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(answer.headers['set-cookie']).toBeUndefined();
    // The key in the header still works.
    expect((await list({ 'x-defrag-admin-key': ADMIN_KEY }, url)).status).toBe(200);
  });

  it('logs neither keys nor cookies', async () => {
    const { cookie } = await signedIn();
    await list({ cookie, ...SAME });
    await signIn(server.url, 'a-wrong-key-typed-by-a-user');
    const log = services.logLines.join('');
    expect(log).toContain('session.signIn');
    const token = cookie.split('=')[1] ?? 'nothing';
    for (const secret of [ADMIN_KEY, token, 'a-wrong-key-typed-by-a-user']) expect(log).not.toContain(secret);
  });
});

describe('a session', () => {
  it('authenticates pages of this server on tRPC, REST and streams', async () => {
    const headers = { ...(await signedIn()), ...SAME };
    expect((await list(headers)).status).toBe(200);
    expect((await send(`${server.url}/api/v1/admin/videos`, { headers })).status).toBe(200);
    const event = { friction_id: demoEventId(1), duration_ms: 1_000 };
    expect((await call(server.url, 'admin.renderVideo', event, headers)).status).toBe(202);
    const { hash } = await queueVideo(services, demoEventId(2), 1_000);
    const input = encodeURIComponent(JSON.stringify({ hash }));
    const response = await fetch(`${server.url}/trpc/admin.videos.progress?input=${input}`, { headers });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  it('is returned by session.get with its expiry; other callers are not signed in', async () => {
    const session = await signedIn();
    const mine = await whoAmI({ ...session, ...SAME });
    expect(mine).toEqual({ signed_in: true, expires_at: expect.stringMatching(/Z$/) });
    expect(await whoAmI({})).toEqual({ signed_in: false, expires_at: null });
    expect(await whoAmI({ 'x-defrag-admin-key': ADMIN_KEY })).toEqual({ signed_in: false, expires_at: null });
  });

  it('is valid in every API process with the same admin key, and in no other', async () => {
    const headers = { ...(await signedIn()), ...SAME };
    const sibling = await anotherServer({});
    expect((await list(headers, sibling)).status).toBe(200);
    const changed = await anotherServer({ auth: { adminKey: 'another-admin-key-0123456789' } });
    expect((await list(headers, changed)).status).toBe(401);
    expect(await whoAmI(headers, changed)).toMatchObject({ signed_in: false });
  });

  it('expires after 12 hours, even when in use', async () => {
    const headers = { ...(await signedIn()), ...SAME };
    const start = Date.now();
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    vi.setSystemTime(start + HALF_A_DAY_MS - 5_000);
    const used = await list(headers);
    expect(used.status).toBe(200);
    expect(used.headers['set-cookie']).toBeUndefined();
    vi.setSystemTime(start + HALF_A_DAY_MS + 1_000);
    expect((await list(headers)).status).toBe(401);
    expect(await whoAmI(headers)).toEqual({ signed_in: false, expires_at: null });
  });

  it('ends on sign-out, which is idempotent and needs no session', async () => {
    const session = await signedIn();
    for (const headers of [{ ...session, ...SAME }, SAME, {}]) {
      const answer = await call(server.url, 'session.signOut', undefined, headers);
      expect(answer.status).toBe(200);
      expect(answer.json.result.data).toEqual({ signed_in: false, expires_at: null });
      const [cookie] = answer.headers['set-cookie'] ?? [];
      expect(cookie).toMatch(/^defrag-session=;/);
      expect(cookie).toMatch(/Max-Age=0/);
      for (const attribute of ['HttpOnly', 'Path=/', 'SameSite=Strict']) {
        expect(cookie?.split('; ')).toContain(attribute);
      }
    }
  });

  it.each([
    ['an empty token', async () => ''],
    ['nonsense', async () => 'nonsense'],
    ['a token without a signature', async (token: string) => token.slice(0, token.lastIndexOf('.') + 1)],
    ['a token with another signature', async (token: string) => `${token.slice(0, -4)}AAAA`],
    ['an unsigned token (alg none)', async () => new UnsecuredJWT({}).setExpirationTime('1h').encode()],
    ['a token signed with the admin key itself', () => forge(Buffer.from(ADMIN_KEY))],
    ['a token without an expiry', () => forge(sessionKey(), { expires: false })],
    ['a token for another audience', () => forge(sessionKey(), { audience: 'other' })],
  ])('is rejected with a forged cookie: %s', async (_, make) => {
    const { cookie } = await signedIn();
    const forged = await make(cookie.split('=')[1] ?? '');
    const headers = { cookie: `defrag-session=${forged}`, ...SAME };
    expect((await list(headers)).status).toBe(401);
    expect(await whoAmI(headers)).toEqual({ signed_in: false, expires_at: null });
  });

  it('is accepted with a valid cookie among other cookies of the host', async () => {
    const token = await forge(sessionKey());
    const headers = { cookie: `theme=dark; defrag-session=${token}; x`, ...SAME };
    expect((await list(headers)).status).toBe(200);
  });
});

/** The key that the server derives, so that a forged cookie is invalid for one reason only. */
function sessionKey(): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', ADMIN_KEY, '', 'defrag-video admin session 1', 32));
}

function forge(key: Uint8Array, options: { expires?: boolean; audience?: string } = {}): Promise<string> {
  const token = new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(options.audience ?? 'defrag-admin');
  return (options.expires === false ? token : token.setExpirationTime('1h')).sign(key);
}

describe('the session cookie', () => {
  const ORIGIN = 'http://video.test:8787';
  const HOST = { host: 'video.test:8787' };
  const event = { friction_id: demoEventId(3), duration_ms: 1_000 };

  it.each<[string, Record<string, string>]>([
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of a neighbouring host', { 'sec-fetch-site': 'same-site' }],
    ['a typed address', { 'sec-fetch-site': 'none' }],
    ['a page with two Sec-Fetch-Site values', { 'sec-fetch-site': 'same-origin, cross-site' }],
    [
      'a page of another site that sends our origin',
      { 'sec-fetch-site': 'cross-site', ...HOST, origin: ORIGIN },
    ],
    ['another origin, in a browser without Sec-Fetch-Site', { ...HOST, origin: 'http://evil.test' }],
    ['the same host under another scheme', { ...HOST, origin: 'https://video.test:8787' }],
    ['the same host at another port', { ...HOST, origin: 'http://video.test:1' }],
    ['an origin that starts like ours', { ...HOST, origin: `${ORIGIN}.evil.test` }],
    ['an opaque origin', { ...HOST, origin: 'null' }],
    ['a page of an origin that CORS allows', { ...HOST, origin: 'https://admin.test' }],
  ])('is rejected with 403 from %s', async (_, headers) => {
    const session = await signedIn();
    const answers = [
      await list({ ...session, ...headers }),
      await call(server.url, 'admin.renderVideo', event, { ...session, ...headers }),
      await send(`${server.url}/api/v1/admin/videos`, { headers: { ...session, ...headers } }),
      await send(`${server.url}/api/v1/admin/render-video`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...session, ...headers },
        body: JSON.stringify(event),
      }),
    ];
    for (const answer of answers) {
      expect([answer.status, errorCode(answer)]).toEqual([403, 'FORBIDDEN']);
    }
    for (const procedure of ['session.signIn', 'session.signOut']) {
      const input = procedure === 'session.signIn' ? { admin_key: ADMIN_KEY } : undefined;
      const answer = await call(server.url, procedure, input, { ...session, ...headers });
      expect([procedure, answer.status]).toEqual([procedure, 403]);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    // A request with the key needs no cookie, and a rejected cookie does not block it.
    expect((await list({ ...session, ...headers, 'x-defrag-admin-key': ADMIN_KEY })).status).toBe(200);
  });

  it('allows reads but no writes for a request without origin headers', async () => {
    const session = await signedIn();
    expect((await list(session)).status).toBe(200);
    expect((await call(server.url, 'admin.renderVideo', event, session)).status).toBe(403);
  });

  it('is accepted from pages of this server in a browser that only sends Origin', async () => {
    const session = await signedIn();
    for (const headers of [
      { ...HOST, origin: ORIGIN },
      { host: 'behind-a-proxy:1', origin: 'http://videos.test' },
    ]) {
      const answer = await call(server.url, 'admin.renderVideo', event, { ...session, ...headers });
      expect(answer.status).toBe(202);
    }
  });

  it('opens no stream for a page of another site', async () => {
    const { hash } = await queueVideo(services, demoEventId(4), 1_000);
    const input = encodeURIComponent(JSON.stringify({ hash }));
    const stream = await openStream(`${server.url}/trpc/admin.videos.progress?input=${input}`, {
      ...(await signedIn()),
      'sec-fetch-site': 'cross-site',
      'x-defrag-admin-key': 'wrong',
    });
    expect(stream.response.status).toBe(403);
    stream.close();
  });
});
