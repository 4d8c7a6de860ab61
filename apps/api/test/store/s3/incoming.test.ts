import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { objectKey } from '@defrag/core';
import { describe, expect, it } from 'vitest';
import type { IncomingObject, IncomingObjects } from '../../../src/store/store.ts';
import { incomingKey } from '../../../src/store/video-key.ts';
import { openS3Store, startBucket } from '../support/store-places.ts';

const KEY = objectKey('ab'.repeat(32));

/** A bucket with an object that another system wrote. */
async function openBucket() {
  const server = await startBucket();
  const store = openS3Store(server);
  const bucket = server.bucket('videos');
  const key = incomingKey(KEY, randomUUID());
  const bytes = randomBytes(100_000);
  bucket.put(key, bytes, { headers: { 'content-type': 'application/x-other' } });
  return { server, store, incoming: store.incoming as IncomingObjects, bucket, key, bytes };
}

/** The incoming object; fails the test when there is none. */
async function found(incoming: IncomingObjects, key: string): Promise<IncomingObject> {
  const object = await incoming.inspect(key);
  if (object === undefined) throw new Error('no incoming object');
  return object;
}

describe('an incoming object', () => {
  it('is read once to determine size and digest', async () => {
    const { server, incoming, key, bytes } = await openBucket();
    expect(await incoming.inspect(key)).toMatchObject({
      key,
      sizeBytes: bytes.length,
      contentSha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(server.requests.map(({ operation }) => operation)).toEqual(['GetObject']);
  });

  it('is undefined when it does not exist', async () => {
    const { incoming } = await openBucket();
    expect(await incoming.inspect(incomingKey(KEY, randomUUID()))).toBeUndefined();
  });

  it('is read again when the connection breaks in the middle', async () => {
    const { server, incoming, key, bytes } = await openBucket();
    server.faults.add('break-answer', { operations: ['GetObject'], times: 1 });
    expect((await found(incoming, key)).sizeBytes).toBe(bytes.length);
  });

  it('becomes a video by a copy within the bucket, which is idempotent', async () => {
    const { server, store, incoming, bucket, key, bytes } = await openBucket();
    const object = await found(incoming, key);
    const before = server.requests.length;
    await incoming.adopt(KEY, object);
    await incoming.adopt(KEY, object);
    expect(server.requests.slice(before).map(({ operation }) => operation)).toEqual([
      'GetObject',
      'CopyObject',
      'GetObject',
      'GetObject',
    ]);
    expect(bucket.get(KEY).bytes.equals(bytes)).toBe(true);
    expect(bucket.get(KEY).headers).toEqual({
      'content-type': 'video/mp4',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-amz-meta-content-sha256': object.contentSha256,
    });
    expect(await store.head(KEY)).toEqual({ sizeBytes: bytes.length });
    expect(bucket.objects.has(key)).toBe(true);
    await incoming.remove(key);
    await incoming.remove(key);
    expect([...bucket.objects.keys()]).toEqual([KEY]);
  });

  it('is not copied when it has changed since it was read', async () => {
    const { incoming, bucket, key } = await openBucket();
    const object = await found(incoming, key);
    bucket.put(key, Buffer.from('another one'), { headers: {} });
    await expect(incoming.adopt(KEY, object)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(bucket.objects.has(KEY)).toBe(false);
  });

  it('is not adopted when the bucket loses the copy', async () => {
    const { server, incoming, key } = await openBucket();
    const object = await found(incoming, key);
    server.faults.add('forget', { operations: ['CopyObject'] });
    await expect(incoming.adopt(KEY, object)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
  });

  it('has a key that no video can have', async () => {
    const { incoming, key } = await openBucket();
    await expect(incoming.inspect(KEY)).rejects.toThrow(TypeError);
    await expect(incoming.remove(KEY)).rejects.toThrow(TypeError);
    const object = await found(incoming, key);
    await expect(incoming.adopt(key, object)).rejects.toThrow(TypeError);
    expect(() => incomingKey(KEY, '../../videos')).toThrow(TypeError);
  });
});
