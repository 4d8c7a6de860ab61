import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { objectKey } from '@defrag/core';
import { describe, expect, it } from 'vitest';
import { createFilesystemStore } from '../../../src/store/filesystem.ts';
import type { IncomingObject, IncomingObjects } from '../../../src/store/store.ts';
import { incomingKey } from '../../../src/store/video-key.ts';
import { openS3Store, startBucket } from '../support/store-places.ts';

const KEY = objectKey('ab'.repeat(32));
const TYPE = 'video/mp4';

/** A bucket in which something lies that another system has put there. */
async function openBucket() {
  const server = await startBucket();
  const store = openS3Store(server);
  const bucket = server.bucket('videos');
  const key = incomingKey(KEY, randomUUID());
  const bytes = randomBytes(100_000);
  bucket.put(key, bytes, { headers: { 'content-type': 'application/x-other' } });
  return { server, store, incoming: store.incoming as IncomingObjects, bucket, key, bytes };
}

/** What is incoming; fails the test when there is nothing. */
async function found(incoming: IncomingObjects, key: string): Promise<IncomingObject> {
  const object = await incoming.inspect(key);
  if (object === undefined) throw new Error('there is nothing');
  return object;
}

describe('what another system has put into the bucket', () => {
  it('is read once for its size and digest', async () => {
    const { server, incoming, key, bytes } = await openBucket();
    expect(await incoming.inspect(key)).toMatchObject({
      key,
      sizeBytes: bytes.length,
      contentSha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(server.requests.map(({ operation }) => operation)).toEqual(['GetObject']);
  });

  it('is undefined when it is not there', async () => {
    const { incoming } = await openBucket();
    expect(await incoming.inspect(incomingKey(KEY, randomUUID()))).toBeUndefined();
  });

  it('is read again when the connection breaks in the middle', async () => {
    const { server, incoming, key, bytes } = await openBucket();
    server.faults.add('break-answer', { operations: ['GetObject'], times: 1 });
    expect((await found(incoming, key)).sizeBytes).toBe(bytes.length);
  });

  it('becomes a video as if the store had put it, without a byte through this process, any number of times', async () => {
    const { server, store, incoming, bucket, key, bytes } = await openBucket();
    const object = await found(incoming, key);
    const before = server.requests.length;
    await incoming.adopt(KEY, object, TYPE);
    await incoming.adopt(KEY, object, TYPE);
    expect(server.requests.slice(before).map(({ operation }) => operation)).toEqual([
      'HeadObject',
      'CopyObject',
      'HeadObject',
      'HeadObject',
    ]);
    expect(bucket.get(KEY).bytes.equals(bytes)).toBe(true);
    expect(bucket.get(KEY).headers).toEqual({
      'content-type': TYPE,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-amz-meta-content-sha256': object.contentSha256,
    });
    expect(await store.head(KEY)).toEqual({ sizeBytes: bytes.length });
    expect(bucket.objects.has(key)).toBe(true);
    await incoming.remove(key);
    await incoming.remove(key);
    expect([...bucket.objects.keys()]).toEqual([KEY]);
  });

  it('is not taken when it is another one by now', async () => {
    const { incoming, bucket, key } = await openBucket();
    const object = await found(incoming, key);
    bucket.put(key, Buffer.from('another one'), { headers: {} });
    await expect(incoming.adopt(KEY, object, TYPE)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(bucket.objects.has(KEY)).toBe(false);
  });

  it('is not called a video when the bucket forgets it', async () => {
    const { server, incoming, key } = await openBucket();
    const object = await found(incoming, key);
    server.faults.add('forget', { operations: ['CopyObject'] });
    await expect(incoming.adopt(KEY, object, TYPE)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
  });

  it('has keys of its own kind: none is a video, and no video is one of them', async () => {
    const { incoming, key } = await openBucket();
    await expect(incoming.inspect(KEY)).rejects.toThrow(TypeError);
    await expect(incoming.remove(KEY)).rejects.toThrow(TypeError);
    const object = await found(incoming, key);
    await expect(incoming.adopt(key, object, TYPE)).rejects.toThrow(TypeError);
    expect(() => incomingKey(KEY, '../../videos')).toThrow(TypeError);
  });
});

it('a folder takes nothing but files', () => {
  expect(
    createFilesystemStore({ rootDir: '/nowhere', publicBaseUrl: 'https://a.example' }).incoming,
  ).toBeUndefined();
});
