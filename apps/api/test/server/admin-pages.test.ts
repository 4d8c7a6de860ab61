import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { findBrowser } from '@defrag/browser';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoEventId, type TestServices } from '../support/test-services.ts';
import { getAsAdmin, send } from './support/http.ts';
import { queueVideo } from './support/ready-video.ts';
import {
  ADMIN_KEY,
  openServerServices,
  PUBLIC_BASE_URL,
  startServer,
  type TestServer,
} from './support/test-server.ts';

/** The smallest valid WebAssembly module. */
const WASM = 'new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])';

/** A page like those that Vite builds. Its script reports in the title what the content security policy allows. */
const PAGE = `<!doctype html><html lang="en"><head><title>Admin</title>
<link rel="icon" href="data:,"><script type="module" src="/admin/assets/index-abc123.js"></script>
</head><body><script>document.body.dataset.inline = 'ran'</script></body></html>`;
const SCRIPT = `
const tried = {};
try { new Function('return 1')(); tried.evaluated = true; } catch { tried.evaluated = false; }
tried.wasm = (await WebAssembly.instantiate(${WASM})).instance instanceof WebAssembly.Instance;
tried.worker = await new Promise((resolve) => {
  const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(true)'])));
  worker.onmessage = () => resolve(true);
  worker.onerror = () => resolve(false);
});
tried.elsewhere = await fetch('http://elsewhere.test/').then(() => true, () => false);
tried.here = (await fetch('/trpc/session.get')).status;
tried.inline = document.body.dataset.inline ?? 'refused';
document.title = JSON.stringify(tried);
`;

const FILES: Readonly<Record<string, string | Buffer>> = {
  'index.html': PAGE,
  'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'assets/index-abc123.js': SCRIPT,
  'assets/index-abc123.js.gz': gzipSync(SCRIPT),
  'assets/index-abc123.js.map': '{}',
  'assets/canvaskit-abc123.wasm': Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]),
  '.hidden': 'secret',
};

let folder: string;
let services: TestServices;
let server: TestServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'defrag-test-'));
  await mkdir(join(folder, 'assets'));
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(folder, name), content);
  services = await openServerServices();
  server = await startServer(services, { adminDir: folder });
});

afterAll(async () => {
  await server.app.close();
  await services.close();
  await rm(folder, { recursive: true, force: true });
});

const NAVIGATION = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-mode': 'navigate' };
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  send(server.url + path, { headers, method });

describe('the admin app', () => {
  it('is served at /admin/, to which / and /admin redirect browsers', async () => {
    const root = await get('/', NAVIGATION);
    expect([root.status, root.headers.location]).toEqual([302, '/admin/']);
    const bare = await get('/admin', NAVIGATION);
    expect([bare.status, bare.headers.location]).toEqual([302, '/admin/']);
    const page = await get('/admin/', NAVIGATION);
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.text).toBe(PAGE);
  });

  it('serves its page for every navigation below /admin, to be revalidated each time', async () => {
    for (const path of [
      '/admin/events',
      '/admin/events/1?tab=renders',
      '/admin/a.b/c',
      '/admin/index.html',
    ]) {
      const page = await get(path, NAVIGATION);
      expect([path, page.status, page.text]).toEqual([path, 200, PAGE]);
      expect(page.headers['cache-control']).toBe('no-cache');
    }
    const old = await get('/admin/events', { accept: 'text/html' });
    expect(old.status).toBe(200);
    const etag = String((await get('/admin/', NAVIGATION)).headers.etag);
    expect((await get('/admin/', { ...NAVIGATION, 'if-none-match': etag })).status).toBe(304);
  });

  it.each<[string, string, Record<string, string>, string?]>([
    ['a removed script', '/admin/assets/index-old.js', { accept: '*/*', 'sec-fetch-mode': 'cors' }],
    ["a page's fetch", '/admin/events', { accept: 'text/html', 'sec-fetch-mode': 'cors' }],
    ['a client that is not a browser', '/admin/events', { accept: '*/*' }],
    ['a form submission', '/admin/events', NAVIGATION, 'POST'],
    ['a hidden file', '/admin/.hidden', { accept: '*/*' }],
    ['a source map', '/admin/assets/index-abc123.js.map', { accept: '*/*' }],
    ['a path traversal', '/admin/../package.json', { accept: '*/*' }],
    ['an encoded path traversal', '/admin/%2e%2e%2fpackage.json', { accept: '*/*' }],
    ['an encoded slash', '/admin/assets%2findex-abc123.js', { accept: '*/*' }],
    ['/ from a client that is not a browser', '/', { accept: '*/*' }],
    ['a path that only starts with /admin', '/administration', NAVIGATION],
  ])('returns 404 NOT_FOUND for %s', async (_, path, headers, method) => {
    const answer = await get(path, headers, method);
    expect([answer.status, answer.json?.error.code]).toEqual([404, 'NOT_FOUND']);
    expect(answer.text).not.toContain('secret');
  });

  it('serves assets as immutable, with their content types, compressed where a .gz file exists', async () => {
    const script = await get('/admin/assets/index-abc123.js');
    expect(script.status).toBe(200);
    expect(script.text).toBe(SCRIPT);
    expect(script.headers['content-type']).toMatch(/^(text|application)\/javascript/);
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const response = await fetch(`${server.url}/admin/assets/index-abc123.js`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toMatch(/javascript/);
    expect(await response.text()).toBe(SCRIPT);
    expect(gunzipSync(FILES['assets/index-abc123.js.gz'] as Buffer).toString()).toBe(SCRIPT);
    expect((await get('/admin/assets/canvaskit-abc123.wasm')).headers['content-type']).toBe(
      'application/wasm',
    );
    expect((await get('/admin/favicon.svg')).headers['cache-control']).toBe('no-cache');
    expect((await get('/admin/favicon.svg', {}, 'HEAD')).status).toBe(200);
    expect((await get('/admin/favicon.svg', {}, 'POST')).status).toBe(405);
  });

  it("has a content security policy for its own scripts, WebAssembly and the store's videos only", async () => {
    const { headers } = await get('/admin/', NAVIGATION);
    const policy = Object.fromEntries(
      String(headers['content-security-policy'])
        .split('; ')
        .map((directive) => directive.split(/ (.*)/, 2)),
    );
    expect(policy['default-src']).toBe("'none'");
    expect(policy['script-src']).toBe("'self' 'wasm-unsafe-eval'");
    for (const name of ['img-src', 'media-src', 'connect-src'])
      expect(policy[name]).toContain(PUBLIC_BASE_URL);
    for (const name of ['worker-src', 'media-src']) expect(policy[name]).toContain('blob:');
    expect(policy['frame-ancestors']).toBe("'none'");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  });

  it('does not change other routes', async () => {
    expect((await get('/nothing', NAVIGATION)).status).toBe(404);
    expect((await get('/healthz')).status).toBe(200);
    expect((await getAsAdmin(`${server.url}/api/v1/admin/videos`)).status).toBe(200);
    const { headers } = await get('/api/v1/assets/x');
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  it('runs in a real browser under its content security policy', async () => {
    const browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.goto(`${server.url}/`);
      await vi.waitFor(async () => expect(await page.title()).toMatch(/^\{/), { timeout: 30_000 });
      expect(new URL(page.url()).pathname).toBe('/admin/');
      expect(JSON.parse(await page.title())).toEqual({
        ...{ evaluated: false, wasm: true, worker: true, elsewhere: false, here: 200 },
        inline: 'refused',
      });
    } finally {
      await browser.close();
    }
  });
});

describe('a session in a real browser', () => {
  it('works for pages of this server, streams included, and not for pages of another port', async () => {
    const { hash } = await queueVideo(services, demoEventId(1));
    const neighbour = await startServer(services, { adminDir: folder });
    const browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
    try {
      const context = await browser.newContext({ bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${server.url}/admin/`);
      const run = (expression: string) => page.evaluate(`(async () => ${expression})()`);
      const post = (procedure: string, input: object) =>
        run(`(await fetch('/trpc/${procedure}', { method: 'POST', headers: { 'content-type': 'application/json' },
          body: '${JSON.stringify(input)}' })).status`);
      const list = () => run(`(await fetch('/trpc/admin.videos.list')).status`);
      expect(await list()).toBe(401);
      expect(await post('session.signIn', { admin_key: ADMIN_KEY })).toBe(200);
      expect(await run('document.cookie')).toBe('');
      expect(await list()).toBe(200);
      expect(await post('admin.videos.cancel', { hash: 'f'.repeat(64) })).toBe(404);
      const input = encodeURIComponent(JSON.stringify({ hash }));
      const item = await run(`new Promise((resolve, reject) => {
        const source = new EventSource('/trpc/admin.videos.progress?input=${input}');
        source.onmessage = (event) => { source.close(); resolve(JSON.parse(event.data)); };
        source.onerror = () => reject(new Error('refused'));
      })`);
      expect(item).toMatchObject({ hash, job_state: 'QUEUED' });

      // The same host with another port is the same site, so the browser sends the cookie: without it this would be a 401.
      const other = await context.newPage();
      await other.goto(`${neighbour.url}/admin/`);
      await other.evaluate(
        `fetch('${server.url}/trpc/admin.stats', { credentials: 'include', mode: 'no-cors' }).catch(() => {})`,
      );
      const answers = () => services.logged.filter(({ path }) => path === '/trpc/admin.stats');
      await vi.waitFor(() => expect(answers()).toEqual([expect.objectContaining({ status: 403 })]));

      expect(await post('session.signOut', {})).toBe(200);
      expect(await list()).toBe(401);
    } finally {
      await browser.close();
      await neighbour.app.close();
    }
  });
});

describe('a server without the built admin app', () => {
  it('returns 404 for / and /admin', async () => {
    const bare = await startServer(services);
    for (const path of ['/', '/admin', '/admin/']) {
      expect((await send(bare.url + path, { headers: NAVIGATION })).status).toBe(404);
    }
    await bare.app.close();
  });
});
