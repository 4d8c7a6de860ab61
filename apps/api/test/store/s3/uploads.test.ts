import { randomBytes } from 'node:crypto';
import { objectKey } from '@defrag/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { S3Server } from '../../support/s3/s3-server.ts';
import { newFile, openS3Store, startBucket } from '../support/store-places.ts';

const KEY = objectKey('ab'.repeat(32));

/** As large as the longest video. */
const LARGE = randomBytes(10_000_000);

async function openBucket() {
  const server = await startBucket();
  return { server, store: openS3Store(server), bucket: server.bucket('videos') };
}

const operationsOf = (server: S3Server) => server.requests.map(({ operation }) => operation);

describe('an upload to a bucket', () => {
  it('sends one request whose signature covers the digest of the file', async () => {
    const { server, store, bucket } = await openBucket();
    const file = await newFile(LARGE);
    await store.put(KEY, file);
    expect(operationsOf(server)).toEqual(['GetObject', 'PutObject', 'GetObject']);
    expect(server.requests[1]?.headers).toMatchObject({
      'x-amz-content-sha256': file.sha256,
      'content-length': String(LARGE.length),
    });
    expect(bucket.get(KEY).bytes.equals(LARGE)).toBe(true);
  });

  it('stores content type, caching and digest with the object', async () => {
    const { store, bucket } = await openBucket();
    const file = await newFile('a video');
    await store.put(KEY, file);
    expect(bucket.get(KEY).headers).toEqual({
      'content-type': 'video/mp4',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-amz-meta-content-sha256': file.sha256,
    });
  });

  it('sends nothing when the object already exists', async () => {
    const { server, store } = await openBucket();
    await store.put(KEY, await newFile('a video'));
    await store.put(KEY, await newFile('a video'));
    expect(operationsOf(server).filter((operation) => operation === 'PutObject')).toHaveLength(1);
  });

  it('rejects a file with another digest before sending anything', async () => {
    const { server, store } = await openBucket();
    const file = await newFile('a video');
    await expect(store.put(KEY, { ...file, sha256: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The stored file failed checksum verification: render it again',
    });
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['AWS_PROFILE', 'nobody'],
    ['AWS_REGION', 'eu-north-1'],
    ['AWS_ENDPOINT_URL', 'http://127.0.0.1:1'],
    ['AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:1'],
    ['AWS_ACCESS_KEY_ID', 'another'],
    ['AWS_SESSION_TOKEN', 'another'],
    ['AWS_USE_DUALSTACK_ENDPOINT', 'true'],
    ['AWS_USE_FIPS_ENDPOINT', 'true'],
    ['AWS_REQUEST_CHECKSUM_CALCULATION', 'WHEN_SUPPORTED'],
    ['AWS_MAX_ATTEMPTS', '1'],
    ['AWS_DEFAULTS_MODE', 'auto'],
    ['AWS_S3_USE_ARN_REGION', 'true'],
  ])('ignores %s in the environment', async (name, value) => {
    vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { server, store, bucket } = await openBucket();
    server.faults.add('InternalError', { operations: ['GetObject'], times: 1 });
    await store.put(KEY, await newFile('a video'));
    expect(bucket.get(KEY).bytes.toString()).toBe('a video');
    const headers = Object.keys(server.requests.at(-2)?.headers ?? {});
    expect(headers.filter((header) => /checksum|trailer/.test(header))).toEqual([]);
    expect(new URL(await store.downloadUrlFor(KEY, 'GET')).origin).toBe(server.endpoint);
  });

  it.each([
    ['SlowDown', 'PutObject'],
    ['InternalError', 'PutObject'],
    ['break', 'PutObject'],
    ['break-upload', 'PutObject'],
    ['lose-answer', 'PutObject'],
    ['InternalError', 'GetObject'],
    ['break', 'GetObject'],
  ] as const)('retries twice after %s of %s', async (fault, operation) => {
    const { server, store, bucket } = await openBucket();
    server.faults.add(fault, { operations: [operation], times: 2 });
    const bytes = fault === 'break-upload' ? LARGE : Buffer.from('a video');
    await store.put(KEY, await newFile(bytes));
    expect(bucket.get(KEY).bytes.equals(bytes)).toBe(true);
    expect(operationsOf(server)).toHaveLength(5);
  });

  it.each([
    ['a byte changes in transit', 'damage', 'The store received a damaged file: try again'],
    ['access is denied', 'AccessDenied', /^The store denied access/],
    ['the connection always breaks', 'break-upload', /^The store cannot be reached/],
    ['the bucket reports an internal error', 'InternalError', /^The store reports an internal error/],
    ['the bucket loses it', 'forget', /^The stored file failed checksum verification/],
  ] as const)('fails and stores nothing when %s', async (_name, fault, message) => {
    const { server, store, bucket } = await openBucket();
    server.faults.add(fault, { operations: ['PutObject'] });
    await expect(store.put(KEY, await newFile(LARGE))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(message),
    });
    expect(bucket.objects.size).toBe(0);
  });

  it('sends nothing when the bucket cannot be read', async () => {
    const { server, store, bucket } = await openBucket();
    server.faults.add('InternalError', { operations: ['GetObject'] });
    await expect(store.put(KEY, await newFile('a video'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The store reports an internal error: try again later',
    });
    expect(bucket.objects.size).toBe(0);
  });

  it("rejects with its signal's reason when aborted in the middle", async () => {
    const { server, store, bucket } = await openBucket();
    server.faults.add('hang', { operations: ['PutObject'] });
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const putting = expect(store.put(KEY, await newFile(LARGE), controller.signal)).rejects.toBe(reason);
    await vi.waitUntil(() => operationsOf(server).includes('PutObject'), { interval: 5 });
    controller.abort(reason);
    await putting;
    expect(bucket.objects.size).toBe(0);
  });

  it('times out when the bucket does not respond', async () => {
    const server = await startBucket();
    const store = openS3Store(server, { patience: { idleMs: 100, answerMs: 300 } });
    const unreachable = { message: 'The store cannot be reached: check the network and R2_ENDPOINT' };
    server.faults.add('hang', { operations: ['PutObject'] });
    await expect(store.put(KEY, await newFile('a video'))).rejects.toMatchObject(unreachable);
    server.faults.add('hang');
    await expect(store.head(KEY)).rejects.toMatchObject(unreachable);
    await expect(store.delete(KEY)).rejects.toMatchObject(unreachable);
  });
});
