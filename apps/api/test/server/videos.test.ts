import { mkdir, readdir, readlink, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { objectKey } from '@defrag/core';
import { describe, expect, it, vi } from 'vitest';
import { demoEventId } from '../support/test-services.ts';
import { send } from './support/http.ts';
import { readyVideo } from './support/ready-video.ts';
import { openTestServer, startServer } from './support/test-server.ts';

const { services, server } = await openTestServer();
/** Digits, because the tests read bodies as text. */
const BYTES = Buffer.from(Array.from({ length: 1_000 }, (_, index) => String(index % 10)).join(''));
const { hash } = await readyVideo(services, demoEventId(1), BYTES);
const url = `${server.url}/${objectKey(hash)}`;
const whole = await send(url);

const get = (headers: Record<string, string>, method = 'GET') => send(url, { method, headers });

describe('GET of a video', () => {
  it('returns the whole file with type, length, ETag and immutable caching', () => {
    expect(whole.status).toBe(200);
    expect(whole.text).toBe(BYTES.toString());
    expect(whole.headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(whole.headers.etag).toMatch(/^"[^"]+"$/);
    expect(whole.headers['last-modified']).toMatch(/GMT$/);
    expect(whole.headers.vary).toBeUndefined();
  });

  it('returns the same headers without a body for HEAD', async () => {
    const head = await get({}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.text).toBe('');
    for (const name of [
      'content-type',
      'content-length',
      'accept-ranges',
      'etag',
      'cache-control',
      'last-modified',
    ]) {
      expect(head.headers[name]).toBe(whole.headers[name]);
    }
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=0-99', 0, 99],
    ['bytes=990-', 990, 999],
    ['bytes=-10', 990, 999],
    ['bytes=500-5000', 500, 999],
    ['bytes=-5000', 0, 999],
    ['bytes=0-', 0, 999],
  ])('returns 206 for %s with bytes %i to %i', async (range, first, last) => {
    const answer = await get({ range });
    expect(answer.status).toBe(206);
    expect(answer.headers['content-range']).toBe(`bytes ${first}-${last}/1000`);
    expect(answer.headers['content-length']).toBe(String(last - first + 1));
    expect(answer.headers['content-type']).toBe('video/mp4');
    expect(answer.headers.etag).toBe(whole.headers.etag);
    expect(answer.text).toBe(BYTES.subarray(first, last + 1).toString());
  });

  it.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])(
    'returns 416 for %s with the size',
    async (range) => {
      const answer = await get({ range });
      expect(answer.status).toBe(416);
      expect(answer.headers['content-range']).toBe('bytes */1000');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.json.error.code).toBe('RANGE_NOT_SATISFIABLE');
    },
  );

  it.each(['bytes=0-1,5-6', 'bytes=5-1', 'bytes=', 'lines=0-1', 'bytes=a-b', '0-1'])(
    'returns the whole file for the invalid or unsupported range %s',
    async (range) => {
      const answer = await get({ range });
      expect(answer.status).toBe(200);
      expect(answer.headers['content-length']).toBe('1000');
      expect(answer.headers['content-range']).toBeUndefined();
    },
  );

  it('ignores Range in a HEAD request', async () => {
    const answer = await get({ range: 'bytes=0-9' }, 'HEAD');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-length']).toBe('1000');
  });

  it('returns 304 when If-None-Match or If-Modified-Since matches', async () => {
    const { etag = '', 'last-modified': lastModified = '' } = whole.headers;
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `W/${etag}` },
      { 'if-modified-since': lastModified },
    ]) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await get(headers, method);
        expect(answer.status).toBe(304);
        expect(answer.text).toBe('');
        expect(answer.headers).toMatchObject({
          etag,
          'cache-control': 'public, max-age=31536000, immutable',
        });
        expect(answer.headers['content-length']).toBeUndefined();
      }
    }
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('returns 206 only when If-Range matches', async () => {
    const { etag = '', 'last-modified': lastModified = '' } = whole.headers;
    for (const ifRange of [etag, lastModified]) {
      expect((await get({ range: 'bytes=0-9', 'if-range': ifRange })).status).toBe(206);
    }
    for (const ifRange of ['"other"', `W/${etag}`, 'Thu, 01 Jan 1970 00:00:00 GMT', 'nonsense']) {
      const answer = await get({ range: 'bytes=0-9', 'if-range': ifRange });
      expect(answer.status).toBe(200);
      expect(answer.headers['content-length']).toBe('1000');
    }
    // An unsatisfiable range is ignored when If-Range does not match.
    expect((await get({ range: 'bytes=5000-', 'if-range': '"other"' })).status).toBe(200);
  });

  it('returns 412 when If-Match does not match', async () => {
    const answer = await get({ 'if-match': '"other"' });
    expect(answer.status).toBe(412);
    expect(answer.json.error.code).toBe('PRECONDITION_FAILED');
    expect((await get({ 'if-match': whole.headers.etag ?? '' })).status).toBe(200);
  });

  it('changes the ETag when the file is replaced', async () => {
    const { hash: other } = await readyVideo(services, demoEventId(2), BYTES);
    const before = await send(`${server.url}/${objectKey(other)}`);
    await utimes(join(services.storeDir, objectKey(other)), new Date(), new Date('2030-01-01'));
    const after = await send(`${server.url}/${objectKey(other)}`);
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });

  it('allows pages of any origin to read it, with ranges', async () => {
    const answer = await get({ origin: 'https://product.test', range: 'bytes=0-1' });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    for (const name of ['content-range', 'content-length', 'accept-ranges', 'etag']) {
      expect(answer.headers['access-control-expose-headers']).toContain(name);
    }
    const preflight = await send(url, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://product.test',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'range,if-range',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe('*');
    expect(preflight.headers['access-control-allow-headers']).toContain('range');
  });

  it('returns an empty file with 200, and 416 for a range of it', async () => {
    const empty = 'e'.repeat(64);
    await writeFile(join(services.storeDir, objectKey(empty)), '');
    const answer = await send(`${server.url}/${objectKey(empty)}`);
    expect([answer.status, answer.headers['content-length'], answer.text]).toEqual([200, '0', '']);
    expect((await send(`${server.url}/${objectKey(empty)}`, { headers: { range: 'bytes=0-' } })).status).toBe(
      416,
    );
  });

  it.runIf(process.platform === 'linux')(
    'closes the file when the client disconnects in the middle',
    async () => {
      const large = 'd'.repeat(64);
      await writeFile(join(services.storeDir, objectKey(large)), Buffer.alloc(64 * 1024 * 1024));
      const openFiles = async () => {
        const names = await readdir('/proc/self/fd');
        const targets = await Promise.all(
          names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')),
        );
        return targets.filter((target) => target.includes(large)).length;
      };
      const controller = new AbortController();
      const response = await fetch(`${server.url}/${objectKey(large)}`, { signal: controller.signal });
      await response.body?.getReader().read();
      expect(await openFiles()).toBe(1);
      controller.abort();
      await vi.waitFor(async () => expect(await openFiles()).toBe(0), { timeout: 10_000 });
    },
  );
});

describe('other requests below /videos', () => {
  it('return an uncached 404 for a missing video', async () => {
    const answer = await send(`${server.url}/${objectKey('f'.repeat(64))}`);
    expect(answer.status).toBe(404);
    expect(answer.json.error.code).toBe('VIDEO_NOT_FOUND');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers.etag).toBeUndefined();
  });

  it('return no other file for any path', async () => {
    const folder = join(services.storeDir, 'videos/v1-video');
    await writeFile(join(services.storeDir, 'secret.mp4'), 'secret');
    await writeFile(join(folder, `${hash}.mp4.partial`), 'secret');
    await writeFile(join(folder, '.hidden.mp4'), 'secret');
    await writeFile(join(folder, 'note.txt'), 'secret');
    await mkdir(join(services.storeDir, 'videos/.secret'), { recursive: true });
    await writeFile(join(services.storeDir, `videos/.secret/${hash}.mp4`), 'secret');
    await mkdir(join(folder, `${'c'.repeat(64)}.mp4`));
    const file = `${hash}.mp4`;
    const paths = [
      '/videos/../secret.mp4',
      '/videos/v1-video/../../secret.mp4',
      '/videos/v1-video/%2e%2e%2f%2e%2e%2fsecret.mp4',
      '/videos/v1-video/..%2f..%2fsecret.mp4',
      '/videos/v1-video/..%5c..%5csecret.mp4',
      '/videos/%2e%2e/secret.mp4',
      '/videos/../secret.mp4/secret.mp4',
      `/videos/./v1-video/${file}`,
      `/videos//v1-video/${file}`,
      `//videos/v1-video/${file}`,
      `/videos/v1-video/./${file}`,
      `/videos/v1-video/${file}/`,
      `/videos/v1-video/${file}%00`,
      `/videos/v1-video/${file}%00.mp4`,
      `/videos/v1-video/${file}.partial`,
      `/videos/v1-video/${hash.toUpperCase()}.mp4`,
      `/videos/.secret/${file}`,
      `/videos/..%2f/${file}`,
      '/videos/v1-video/.hidden.mp4',
      '/videos/v1-video/note.txt',
      `/videos/v1-video/${'c'.repeat(64)}.mp4`,
      '/videos/v1-video/',
      '/videos/v1-video',
      '/videos/',
      '/videos',
      '/secret.mp4',
      '/etc/passwd',
      '/videos/v1-video/%2fetc%2fpasswd',
      '/videos/%c0%ae%c0%ae/secret.mp4',
    ];
    for (const path of paths) {
      const answer = await send(server.url + path);
      expect([path, answer.status >= 400 && answer.status < 500, answer.text.includes('secret')]).toEqual([
        path,
        true,
        false,
      ]);
      expect(answer.json?.error.code).toMatch(/NOT_FOUND|BAD_REQUEST/);
    }
  });

  it('return 404 for a broken symbolic link', async () => {
    const broken = 'b'.repeat(64);
    await symlink(join(services.storeDir, 'nothing'), join(services.storeDir, objectKey(broken)));
    expect((await send(`${server.url}/${objectKey(broken)}`)).status).toBe(404);
  });

  it('return 404 when this server does not serve the videos', async () => {
    const other = await startServer(services, { videosDir: undefined });
    expect((await send(`${other.url}/${objectKey(hash)}`)).status).toBe(404);
    await other.app.close();
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('return 405 for %s', async (method) => {
    const answer = await send(url, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
  });
});
