import { buffer } from 'node:stream/consumers';
import { objectKey } from '@defrag/core';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBucketClient } from '../../../src/store/s3/bucket-client.ts';
import { signDownloadUrl } from '../../../src/store/s3/download-urls.ts';
import { newFile, OWNER, openPublicPlace, openS3Store, startBucket } from '../support/store-places.ts';

const KEY = objectKey('ab'.repeat(32));

describe('reading an object', () => {
  it('fails when the connection breaks in the middle', async () => {
    const server = await startBucket();
    const store = openS3Store(server);
    await store.put(KEY, await newFile(Buffer.alloc(1_000_000, 7)));
    server.faults.add('break-answer', { operations: ['GetObject'] });
    const reading = store.read(KEY).then(buffer);
    await expect(reading).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('fails when the bytes do not match the digest', async () => {
    const server = await startBucket();
    const store = openS3Store(server);
    const { sha256 } = await newFile('a video');
    const headers = { 'x-amz-meta-content-sha256': sha256 };
    server.bucket('videos').put(KEY, Buffer.from('a v1deo'), { headers });
    await expect(store.read(KEY).then(buffer)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The stored file failed checksum verification: render it again',
    });
  });

  it('returns an object without a digest, written by another system', async () => {
    const server = await startBucket();
    server.bucket('videos').put(KEY, Buffer.from('from another system'), { headers: {} });
    expect((await buffer(await openS3Store(server).read(KEY))).toString()).toBe('from another system');
  });

  it('closes the connection when the reader stops', async () => {
    const server = await startBucket();
    const store = openS3Store(server);
    await store.put(KEY, await newFile(Buffer.alloc(8_000_000, 7)));
    const stream = await store.read(KEY);
    for await (const chunk of stream) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(stream.destroyed).toBe(true);
  });
});

describe('a signed URL', () => {
  it('allows GET, ranges and HEAD of a private object', async () => {
    const server = await startBucket();
    const store = openS3Store(server);
    await store.put(KEY, await newFile('a video'));
    const whole = await fetch(await store.downloadUrlFor(KEY, 'GET'));
    expect(whole.headers.get('content-type')).toBe('video/mp4');
    expect(whole.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await whole.text()).toBe('a video');
    const range = await fetch(await store.downloadUrlFor(KEY, 'GET'), { headers: { range: 'bytes=2-4' } });
    expect([range.status, await range.text()]).toEqual([206, 'vid']);
    const head = await fetch(await store.downloadUrlFor(KEY, 'HEAD'), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '7']);
    expect((await fetch(`${server.endpoint}/videos/${KEY}`)).status).toBe(403);
  });

  it('is created without a request and does not contain the secret', async () => {
    const server = await startBucket();
    const url = await openS3Store(server).downloadUrlFor(KEY, 'GET');
    expect(server.requests).toEqual([]);
    expect(decodeURIComponent(url)).not.toContain(OWNER.secretAccessKey);
    expect(url).not.toContain('checksum');
  });

  it('is the same in every process for 12 hours and valid for at least 12 more', async () => {
    const clients = [0, 1].map(
      () => createBucketClient({ endpoint: 'http://127.0.0.1:1', bucket: 'videos', ...OWNER }).client,
    );
    onTestFinished(() => {
      for (const client of clients) client.destroy();
    });
    const sign = async (nowMs: number, index = 0) => {
      const [first, second] = clients;
      const client = index === 0 ? first : second;
      if (client === undefined) throw new Error('no client');
      return new URL(await signDownloadUrl(client, { bucket: 'videos', key: KEY, method: 'GET', nowMs }));
    };
    const hourMs = 3_600_000;
    const presentMs = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2036, 0) });
    await fc.assert(
      fc.asyncProperty(presentMs, async (nowMs) => {
        const url = await sign(nowMs);
        const signedAt = /^(....)(..)(..)T(..)(..)(..)Z$/.exec(url.searchParams.get('X-Amz-Date') ?? '');
        const [, year, month, day, hour, minute, second] = signedAt ?? [];
        const signedMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
        const endMs = signedMs + Number(url.searchParams.get('X-Amz-Expires')) * 1_000;
        expect(signedMs).toBeLessThanOrEqual(nowMs - 300_000);
        expect(endMs).toBeGreaterThanOrEqual(nowMs + 12 * hourMs);
        expect((await sign(signedMs + 300_000, 1)).href).toBe(url.href);
        expect((await sign(signedMs + 300_000 + 12 * hourMs - 1, 1)).href).toBe(url.href);
        expect((await sign(signedMs + 300_000 + 12 * hourMs)).href).not.toBe(url.href);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a public bucket', () => {
  it('serves objects at its public URL to anyone', async () => {
    const { store, baseUrl } = await openPublicPlace();
    await store.put(KEY, await newFile('a video'));
    const url = await store.urlFor(KEY);
    expect(url).toBe(`${baseUrl}/${KEY}`);
    expect(await store.downloadUrlFor(KEY, 'GET')).toBe(url);
    expect(await (await fetch(url)).text()).toBe('a video');
  });
});
