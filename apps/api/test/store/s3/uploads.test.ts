import { randomBytes } from 'node:crypto';
import { truncate } from 'node:fs/promises';
import { objectKey } from '@defrag/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { S3Server } from '../../support/s3/s3-server.ts';
import { sourceFile } from '../support/source-file.ts';
import { openS3Store, startBucket } from '../support/store-places.ts';

const KEY = objectKey('ab'.repeat(32));
const MIB = 1_024 * 1_024;

async function openBucket() {
  const server = await startBucket();
  return { server, store: openS3Store(server), bucket: server.bucket('videos') };
}

const operationsOf = (server: S3Server) => server.requests.map(({ operation }) => operation);

describe('an upload', () => {
  it('up to 16 MiB goes in one request that carries its digest in the signature', async () => {
    const { server, store, bucket } = await openBucket();
    const { path, bytes, object } = await sourceFile(randomBytes(16 * MIB));
    await store.put(KEY, path, object);
    expect(operationsOf(server)).toEqual(['HeadObject', 'PutObject', 'HeadObject']);
    expect(server.requests[1]?.headers).toMatchObject({
      'x-amz-content-sha256': object.contentSha256,
      'content-length': String(bytes.length),
    });
    expect(bucket.get(KEY).bytes.equals(bytes)).toBe(true);
  });

  it('keeps type, caching and digest with the object', async () => {
    const { store, bucket } = await openBucket();
    const { path, object } = await sourceFile('a video');
    await store.put(KEY, path, object);
    expect(bucket.get(KEY).headers).toEqual({
      'content-type': 'video/mp4',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-amz-meta-content-sha256': object.contentSha256,
    });
  });

  it('of a byte more goes in parts, each with its digest, and keeps the same with the object', async () => {
    const { server, store, bucket } = await openBucket();
    const { path, bytes, object } = await sourceFile(randomBytes(16 * MIB + 1));
    await store.put(KEY, path, object);
    expect(operationsOf(server)).toEqual([
      'HeadObject',
      'CreateMultipartUpload',
      'UploadPart',
      'UploadPart',
      'UploadPart',
      'CompleteMultipartUpload',
      'HeadObject',
    ]);
    const parts = server.requests.filter(({ operation }) => operation === 'UploadPart');
    expect(parts.map(({ headers }) => headers['content-length'])).toEqual([`${8 * MIB}`, `${8 * MIB}`, '1']);
    for (const { headers } of parts) expect(headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/);
    expect(bucket.get(KEY).bytes.equals(bytes)).toBe(true);
    expect(bucket.get(KEY).headers).toMatchObject({
      'content-type': 'video/mp4',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-amz-meta-content-sha256': object.contentSha256,
    });
    expect(await store.head(KEY)).toEqual({ sizeBytes: bytes.length });
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
  ])('goes to the bucket whatever %s says', async (name, value) => {
    vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { server, store, bucket } = await openBucket();
    const { path, bytes, object } = await sourceFile('a video');
    server.faults.add('SlowDown', { operations: ['HeadObject'], times: 1 });
    await store.put(KEY, path, object);
    expect(bucket.get(KEY).bytes).toEqual(bytes);
    expect(server.requests.at(-2)?.headers).not.toHaveProperty('x-amz-trailer');
    expect(new URL(await store.downloadUrlFor(KEY, 'GET')).origin).toBe(server.endpoint);
  });

  it('of what is there already sends nothing', async () => {
    const { server, store } = await openBucket();
    const { path, object } = await sourceFile('a video');
    await store.put(KEY, path, object);
    await store.put(KEY, path, object);
    expect(operationsOf(server).filter((operation) => operation === 'PutObject')).toHaveLength(1);
  });

  it('takes an empty file', async () => {
    const { store } = await openBucket();
    const { path, object } = await sourceFile('');
    await store.put(KEY, path, object);
    expect(await store.head(KEY)).toEqual({ sizeBytes: 0 });
  });

  it.each([
    ['SlowDown', 'PutObject'],
    ['InternalError', 'PutObject'],
    ['break', 'PutObject'],
    ['lose-answer', 'PutObject'],
    ['SlowDown', 'HeadObject'],
    ['break', 'HeadObject'],
  ] as const)('survives %s at two tries of %s', async (fault, operation) => {
    const { server, store, bucket } = await openBucket();
    const { path, bytes, object } = await sourceFile('a video');
    server.faults.add(fault, { operations: [operation], times: 2 });
    await store.put(KEY, path, object);
    expect(bucket.get(KEY).bytes).toEqual(bytes);
  });

  it.each([
    ['SlowDown', 'CreateMultipartUpload'],
    ['SlowDown', 'UploadPart'],
    ['break', 'UploadPart'],
    ['lose-answer', 'UploadPart'],
    ['InternalError', 'CompleteMultipartUpload'],
    ['lose-answer', 'CompleteMultipartUpload'],
  ] as const)('in parts survives %s at a try of %s, and leaves no parts', async (fault, operation) => {
    const { server, store, bucket } = await openBucket();
    const { path, bytes, object } = await sourceFile(randomBytes(17 * MIB));
    server.faults.add(fault, { operations: [operation], times: 1 });
    await store.put(KEY, path, object);
    expect(bucket.get(KEY).bytes.equals(bytes)).toBe(true);
    expect(bucket.uploads.size).toBe(0);
  });

  it.each([
    ['AccessDenied', 'UploadPart'],
    ['InternalError', 'UploadPart'],
    ['break', 'UploadPart'],
    ['AccessDenied', 'CompleteMultipartUpload'],
    ['forget', 'CompleteMultipartUpload'],
  ] as const)(
    'in parts that ends with %s at %s leaves neither object nor parts',
    async (fault, operation) => {
      const { server, store, bucket } = await openBucket();
      const { path, object } = await sourceFile(randomBytes(17 * MIB));
      server.faults.add(fault, { operations: [operation] });
      await expect(store.put(KEY, path, object)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(bucket.objects.size).toBe(0);
      expect(bucket.uploads.size).toBe(0);
    },
  );

  it('that is aborted in the middle of a part rejects with the reason and leaves nothing', async () => {
    const { server, store, bucket } = await openBucket();
    const { path, object } = await sourceFile(randomBytes(17 * MIB));
    server.faults.add('hang', { operations: ['UploadPart'], after: 1 });
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const putting = expect(store.put(KEY, path, object, controller.signal)).rejects.toBe(reason);
    while (operationsOf(server).filter((operation) => operation === 'UploadPart').length < 2) {
      await new Promise(setImmediate);
    }
    expect(bucket.uploads.size).toBe(1);
    controller.abort(reason);
    await putting;
    expect(bucket.uploads.size).toBe(0);
    expect(bucket.objects.size).toBe(0);
  });

  it('is not believed before the object can be read back', async () => {
    const { server, store } = await openBucket();
    const { path, object } = await sourceFile('a video');
    server.faults.add('forget', { operations: ['PutObject'] });
    await expect(store.put(KEY, path, object)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The store does not hold what was sent',
    });
  });

  it('of a file that shrinks while it is sent leaves nothing', async () => {
    const { server, store, bucket } = await openBucket();
    const { path, object } = await sourceFile(randomBytes(17 * MIB));
    server.faults.add('break', { operations: ['UploadPart'], times: 1 });
    const putting = expect(store.put(KEY, path, object)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    while (!operationsOf(server).includes('UploadPart')) await new Promise(setImmediate);
    await truncate(path, 1_000);
    await putting;
    expect(bucket.objects.size + bucket.uploads.size).toBe(0);
  });

  it('gives up a bucket that does not answer', async () => {
    const server = await startBucket();
    const store = openS3Store(server, { patience: { idleMs: 100, answerMs: 300 } });
    const { path, object } = await sourceFile('a video');
    server.faults.add('hang', { operations: ['PutObject'] });
    await expect(store.put(KEY, path, object)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The store is out of reach',
    });
    server.faults.add('hang');
    await expect(store.head(KEY)).rejects.toMatchObject({ message: 'The store is out of reach' });
    await expect(store.delete(KEY)).rejects.toMatchObject({ message: 'The store is out of reach' });
  });
});
