import { buffer } from 'node:stream/consumers';
import { objectKey } from '@defrag/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newFile, openFilesystemPlace, openPublicPlace, openSignedPlace } from './support/store-places.ts';

const KEY = objectKey('ab'.repeat(32));
const OTHER_KEY = objectKey('cd'.repeat(32));

/** Bytes whose order matters, so that swapped chunks change the digest. */
const LARGE = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));

describe.each([
  ['filesystem', 'in a folder', openFilesystemPlace],
  ['s3', 'in a private bucket', openSignedPlace],
  ['s3', 'in a public bucket', openPublicPlace],
])('contract of the store: %s, %s', (kind, _where, openPlace) => {
  test('reports its kind and the origins that browsers load from', async () => {
    const { store, baseUrl } = await openPlace();
    expect(store.kind).toBe(kind);
    expect(store.browserOrigins).toContain(new URL(baseUrl).origin);
  });

  test('returns the stored bytes under their key only', async () => {
    const { store, keys, bytesOf } = await openPlace();
    expect(await store.head(KEY)).toBeUndefined();
    await store.put(KEY, await newFile(LARGE));
    expect(await store.head(KEY)).toEqual({ sizeBytes: LARGE.length });
    expect((await buffer(await store.read(KEY))).equals(LARGE)).toBe(true);
    expect((await bytesOf(KEY)).equals(LARGE)).toBe(true);
    expect(await keys()).toEqual([KEY]);
    await store.put(OTHER_KEY, await newFile('another video'));
    expect((await keys()).toSorted()).toEqual([KEY, OTHER_KEY]);
  });

  test('accepts the same bytes again, also concurrently', async () => {
    const { store, keys, bytesOf } = await openPlace();
    const files = await Promise.all(Array.from({ length: 9 }, () => newFile('a video')));
    await Promise.all(files.slice(1).map((file) => store.put(KEY, file)));
    for (const file of files.slice(0, 1)) await store.put(KEY, file);
    expect((await bytesOf(KEY)).toString()).toBe('a video');
    expect(await keys()).toEqual([KEY]);
  });

  test.each(['a v1deo', 'damaged, and longer', ''])(
    'put repairs an object damaged to %j',
    async (damaged) => {
      const { store, damage, bytesOf } = await openPlace();
      await store.put(KEY, await newFile('a video'));
      await damage(KEY, damaged);
      await store.put(KEY, await newFile('a video'));
      expect((await bytesOf(KEY)).toString()).toBe('a video');
    },
  );

  test('put replaces an object that another engine rendered', async () => {
    const { store, bytesOf } = await openPlace();
    await store.put(KEY, await newFile('a video'));
    await store.put(KEY, await newFile('another'));
    expect((await bytesOf(KEY)).toString()).toBe('another');
  });

  test('rejects a truncated file and keeps the object', async () => {
    const { store, keys, bytesOf } = await openPlace();
    const refused = {
      code: 'STORE_UNAVAILABLE',
      message: 'The stored file failed checksum verification: render it again',
    };
    await expect(store.put(KEY, { ...(await newFile('a video')), sizeBytes: 8 })).rejects.toMatchObject(
      refused,
    );
    expect(await keys()).toEqual([]);
    await store.put(KEY, await newFile('a video'));
    await expect(store.put(KEY, { ...(await newFile('another')), sizeBytes: 8 })).rejects.toMatchObject(
      refused,
    );
    expect((await bytesOf(KEY)).toString()).toBe('a video');
  });

  test('rejects with ENOENT when the file does not exist', async () => {
    const { store, keys } = await openPlace();
    const file = await newFile('a video');
    await expect(store.put(KEY, { ...file, path: `${file.path}.gone` })).rejects.toThrow('ENOENT');
    expect(await keys()).toEqual([]);
  });

  test('put with an aborted signal stores nothing and rejects with its reason', async () => {
    const { store, keys } = await openPlace();
    const file = await newFile(LARGE);
    const reason = new Error('cancelled');
    await expect(store.put(KEY, file, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const putting = store.put(KEY, file, controller.signal);
    controller.abort(reason);
    await expect(putting).rejects.toBe(reason);
    expect(await keys()).toEqual([]);
  });

  test('deletes an object, and succeeds when it does not exist', async () => {
    const { store, keys } = await openPlace();
    await store.put(KEY, await newFile('a video'));
    await store.delete(KEY);
    await store.delete(KEY);
    expect(await store.head(KEY)).toBeUndefined();
    expect(await keys()).toEqual([]);
    await expect(store.read(KEY)).rejects.toMatchObject({ code: 'VIDEO_NOT_FOUND' });
  });

  test('returns the same URL before and after the object exists', async () => {
    const { store, baseUrl } = await openPlace();
    expect(await store.urlFor(KEY)).toBe(`${baseUrl}/${KEY}`);
    await store.put(KEY, await newFile('a video'));
    expect(await store.urlFor(KEY)).toBe(`${baseUrl}/${KEY}`);
  });

  test('returns download URLs for GET and HEAD at one of its origins', async () => {
    const { store } = await openPlace();
    for (const method of ['GET', 'HEAD'] as const) {
      const url = new URL(await store.downloadUrlFor(KEY, method));
      expect(url.pathname.endsWith(`/${KEY}`)).toBe(true);
      expect(store.browserOrigins).toContain(url.origin);
    }
  });

  test('rejects every key that is not a video key', async () => {
    const { store, keys } = await openPlace();
    const hash = 'ab'.repeat(32);
    const file = await newFile('a video');
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
      await expect(store.put(key, file)).rejects.toThrow(TypeError);
    };
    for (const key of wrongKeys) await refuse(key);
    await fc.assert(fc.asyncProperty(fc.string(), refuse));
    expect(await keys()).toEqual([]);
  });

  test('check succeeds repeatedly and leaves nothing behind', async () => {
    const { store, keys } = await openPlace();
    await store.check();
    await Promise.all([store.check(), store.check(AbortSignal.timeout(60_000))]);
    expect(await keys()).toEqual([]);
  });

  test('reports in one sentence why it cannot be used', async () => {
    const { store, takeAway } = await openPlace();
    await store.put(KEY, await newFile('a video'));
    await store.check();
    const file = await newFile('another');
    await takeAway();
    const refused = {
      code: 'STORE_UNAVAILABLE',
      retryable: true,
      message: expect.stringMatching(/^The store cannot be \w+: check [\w ]+$/),
    };
    for (const use of [() => store.check(), () => store.put(OTHER_KEY, file)]) {
      await expect(use()).rejects.toMatchObject(refused);
    }
    expect(await store.urlFor(KEY)).toContain(KEY);
  });
});
