import { buffer } from 'node:stream/consumers';
import { objectKey } from '@defrag/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sourceFile } from './support/source-file.ts';
import { openFilesystemPlace, openPublicPlace, openSignedPlace } from './support/store-places.ts';

const KEY = objectKey('ab'.repeat(32));
const OTHER_KEY = objectKey('cd'.repeat(32));

/** Digits of which every one is where it belongs or the digest says so. */
const LARGE = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));

describe.each([
  ['filesystem', 'in a folder', openFilesystemPlace],
  ['s3', 'in a private bucket', openSignedPlace],
  ['s3', 'in a public bucket', openPublicPlace],
])('every store keeps its word: %s, %s', (kind, _where, openPlace) => {
  test('says what kind it is and which origins a browser comes to', async () => {
    const { store, baseUrl } = await openPlace();
    expect(store.kind).toBe(kind);
    expect(store.browserOrigins).toContain(new URL(baseUrl).origin);
  });

  test('gives back what was put, under its key alone, and keeps the source', async () => {
    const { store, keys, bytesOf } = await openPlace();
    const { path, bytes, object } = await sourceFile(LARGE);
    expect(await store.head(KEY)).toBeUndefined();
    await store.put(KEY, path, object);
    expect(await store.head(KEY)).toEqual({ sizeBytes: bytes.length });
    expect((await buffer(await store.read(KEY))).equals(bytes)).toBe(true);
    expect((await bytesOf(KEY)).equals(bytes)).toBe(true);
    expect(await keys()).toEqual([KEY]);
    await store.put(OTHER_KEY, path, object);
    expect((await keys()).toSorted()).toEqual([KEY, OTHER_KEY]);
  });

  test('takes the same object again, also many times at once', async () => {
    const { store, keys, bytesOf } = await openPlace();
    const { path, bytes, object } = await sourceFile('a video');
    await Promise.all(Array.from({ length: 8 }, () => store.put(KEY, path, object)));
    await store.put(KEY, path, object);
    expect(await bytesOf(KEY)).toEqual(bytes);
    expect(await keys()).toEqual([KEY]);
  });

  test.each(['a v1deo', 'damaged, and longer', ''])('heals an object that became %j', async (damaged) => {
    const { store, damage, bytesOf } = await openPlace();
    const { path, bytes, object } = await sourceFile('a video');
    await store.put(KEY, path, object);
    await damage(KEY, damaged);
    await store.put(KEY, path, object);
    expect(await bytesOf(KEY)).toEqual(bytes);
  });

  test('replaces an object by other bytes', async () => {
    const { store, bytesOf } = await openPlace();
    const first = await sourceFile('a video');
    const second = await sourceFile('another');
    await store.put(KEY, first.path, first.object);
    await store.put(KEY, second.path, second.object);
    expect(await bytesOf(KEY)).toEqual(second.bytes);
  });

  test.each([
    ['size', { sizeBytes: 8 }],
    ['digest', { contentSha256: '0'.repeat(64) }],
  ])('refuses a file of another %s, and leaves what was there', async (_name, wrong) => {
    const { store, keys, bytesOf } = await openPlace();
    const { path, bytes, object } = await sourceFile('a video');
    const refused = { code: 'STORE_UNAVAILABLE', message: expect.stringMatching(/^[A-Z][\w ,.()]+$/) };
    await expect(store.put(KEY, path, { ...object, ...wrong })).rejects.toMatchObject(refused);
    expect(await store.head(KEY)).toBeUndefined();
    expect(await keys()).toEqual([]);
    await store.put(KEY, path, object);
    await expect(store.put(KEY, path, { ...object, ...wrong })).rejects.toMatchObject(refused);
    expect(await bytesOf(KEY)).toEqual(bytes);
  });

  test('says so when the file to put is not there', async () => {
    const { store, keys } = await openPlace();
    const { path, object } = await sourceFile('a video');
    await expect(store.put(KEY, `${path}.gone`, object)).rejects.toThrow('ENOENT');
    expect(await keys()).toEqual([]);
  });

  test('puts nothing once the signal has aborted, and rejects with its reason', async () => {
    const { store, keys } = await openPlace();
    const { path, object } = await sourceFile(LARGE);
    const reason = new Error('nobody wants it any more');
    await expect(store.put(KEY, path, object, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const putting = store.put(KEY, path, object, controller.signal);
    controller.abort(reason);
    await expect(putting).rejects.toBe(reason);
    expect(await keys()).toEqual([]);
  });

  test('deletes, also what is not there', async () => {
    const { store, keys } = await openPlace();
    const { path, object } = await sourceFile('a video');
    await store.put(KEY, path, object);
    await store.delete(KEY);
    await store.delete(KEY);
    expect(await store.head(KEY)).toBeUndefined();
    expect(await keys()).toEqual([]);
    await expect(store.read(KEY)).rejects.toMatchObject({ code: 'VIDEO_NOT_FOUND' });
  });

  test('makes a final URL of the base and the key, before and after the object is there', async () => {
    const { store, baseUrl } = await openPlace();
    const { path, object } = await sourceFile('a video');
    expect(await store.urlFor(KEY)).toBe(`${baseUrl}/${KEY}`);
    await store.put(KEY, path, object);
    expect(await store.urlFor(KEY)).toBe(`${baseUrl}/${KEY}`);
  });

  test('leads to a download at one of its origins, for reading and for asking', async () => {
    const { store } = await openPlace();
    for (const method of ['GET', 'HEAD'] as const) {
      const url = new URL(await store.downloadUrlFor(KEY, method));
      expect(url.pathname.endsWith(`/${KEY}`)).toBe(true);
      expect(store.browserOrigins).toContain(url.origin);
    }
  });

  test('refuses every key that is not the key of a video, and reaches nothing', async () => {
    const { store, keys } = await openPlace();
    const hash = 'ab'.repeat(32);
    const { path, object } = await sourceFile('a video');
    const wrongKeys = [
      '',
      '/',
      '..',
      `../videos/v1/${hash}.mp4`,
      `videos/../../${hash}.mp4`,
      `videos/..\\..\\v1/${hash}.mp4`,
      `videos/.hidden/${hash}.mp4`,
      `videos/v1/${hash}.mp4/../../x`,
      `videos/v1/${hash}.mp4\n`,
      `videos/v1/${hash}.mp4\0.png`,
      `videos/v1/${hash}.mp4?acl`,
      `videos/v1/${hash.toUpperCase()}.mp4`,
      `/videos/v1/${hash}.mp4`,
      `videos/v1/${hash}`,
    ];
    const refuse = async (key: string) => {
      for (const use of [store.head, store.read, store.delete, store.urlFor]) {
        await expect(use(key)).rejects.toThrow(TypeError);
      }
      await expect(store.downloadUrlFor(key, 'GET')).rejects.toThrow(TypeError);
      await expect(store.put(key, path, object)).rejects.toThrow(TypeError);
    };
    for (const key of wrongKeys) await refuse(key);
    await fc.assert(fc.asyncProperty(fc.string(), refuse));
    expect(await keys()).toEqual([]);
  });

  test('checks itself, again and again, and leaves nothing', async () => {
    const { store, keys } = await openPlace();
    await store.check();
    await Promise.all([store.check(), store.check(AbortSignal.timeout(60_000))]);
    expect(await keys()).toEqual([]);
  });

  test('says in one sentence that it is out of reach, whatever is asked of it', async () => {
    const { store, takeAway } = await openPlace();
    const { path, object } = await sourceFile('a video');
    await store.put(KEY, path, object);
    await store.check();
    await takeAway();
    const refused = {
      code: 'STORE_UNAVAILABLE',
      retryable: true,
      message: expect.stringMatching(/^The store [\w ,()']+$/),
    };
    for (const use of [() => store.check(), () => store.put(OTHER_KEY, path, object)]) {
      await expect(use()).rejects.toMatchObject(refused);
    }
    // What needs no answer of the store goes on.
    expect(await store.urlFor(KEY)).toContain(KEY);
  });
});
