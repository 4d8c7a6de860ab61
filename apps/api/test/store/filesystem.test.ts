import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { objectKey } from '@defrag/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFilesystemStore } from '../../src/store/filesystem.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const KEY = objectKey('ab'.repeat(32));
const OTHER_KEY = objectKey('cd'.repeat(32));

async function startStore() {
  const folder = await temporaryFolder();
  const rootDir = join(folder, 'store');
  return {
    folder,
    rootDir,
    store: createFilesystemStore({ rootDir, publicBaseUrl: 'https://videos.example' }),
  };
}

/** A file to put, and what is known of it. */
async function sourceFile(folder: string, content: string | Buffer) {
  const path = join(folder, 'source.mp4');
  await writeFile(path, content);
  const bytes = Buffer.from(content);
  const contentSha256 = createHash('sha256').update(bytes).digest('hex');
  return { path, object: { sizeBytes: bytes.length, contentSha256, contentType: 'video/mp4' } };
}

/** Permissions do not hold for root, and Windows has others; a read-only disk does. */
async function makeReadOnly(path: string): Promise<boolean> {
  if (process.getuid?.() === 0) return mountSmallDisk(path, 64, 'ro');
  await mkdir(path);
  await chmod(path, 0o555);
  return process.platform !== 'win32';
}

describe('the filesystem store', () => {
  test('gives back what was put, under its key, and keeps the source', async () => {
    const { folder, rootDir, store } = await startStore();
    const { path, object } = await sourceFile(folder, 'a video');
    expect(await store.head(KEY)).toBeUndefined();
    await store.put(KEY, path, object);
    expect(await store.head(KEY)).toEqual({ sizeBytes: 7 });
    expect((await buffer(await store.read(KEY))).toString()).toBe('a video');
    expect(await readFile(join(rootDir, KEY), 'utf8')).toBe('a video');
    expect(await readFile(path, 'utf8')).toBe('a video');
    expect(await readdir(dirname(join(rootDir, KEY)))).toEqual([`${'ab'.repeat(32)}.mp4`]);
  });

  test('takes the same object again, also many times at once, and heals a damaged one', async () => {
    const { folder, rootDir, store } = await startStore();
    const { path, object } = await sourceFile(folder, 'a video');
    await Promise.all(Array.from({ length: 8 }, () => store.put(KEY, path, object)));
    await writeFile(join(rootDir, KEY), 'damaged');
    await store.put(KEY, path, object);
    expect(await readFile(join(rootDir, KEY), 'utf8')).toBe('a video');
    expect(await readdir(dirname(join(rootDir, KEY)))).toHaveLength(1);
  });

  test.each([
    ['size', { sizeBytes: 8 }],
    ['digest', { contentSha256: '0'.repeat(64) }],
  ])('refuses a file of another %s, and leaves nothing', async (_name, wrong) => {
    const { folder, rootDir, store } = await startStore();
    const { path, object } = await sourceFile(folder, 'a video');
    await expect(store.put(KEY, path, { ...object, ...wrong })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(await store.head(KEY)).toBeUndefined();
    expect(await readdir(dirname(join(rootDir, KEY)))).toEqual([]);
  });

  test('deletes, also what is not there', async () => {
    const { folder, store } = await startStore();
    const { path, object } = await sourceFile(folder, 'a video');
    await store.put(KEY, path, object);
    await store.delete(KEY);
    await store.delete(KEY);
    expect(await store.head(KEY)).toBeUndefined();
    await expect(store.read(KEY)).rejects.toMatchObject({ code: 'VIDEO_NOT_FOUND' });
  });

  test('makes a URL of the base and the key, whether the base ends with a slash or not', async () => {
    for (const publicBaseUrl of ['https://videos.example', 'https://videos.example/']) {
      const store = createFilesystemStore({ rootDir: '/nowhere', publicBaseUrl });
      expect(await store.urlFor(KEY)).toBe(`https://videos.example/${KEY}`);
    }
  });

  test('refuses every key that is not the key of a video', async () => {
    const { rootDir, store } = await startStore();
    const hash = 'ab'.repeat(32);
    const keys = [
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
      `videos/v1/${hash.toUpperCase()}.mp4`,
      `/videos/v1/${hash}.mp4`,
      `videos/v1/${hash}`,
    ];
    const refuse = async (key: string) => {
      for (const use of [store.head, store.read, store.delete, store.urlFor]) {
        await expect(use(key)).rejects.toThrow(TypeError);
      }
      await expect(
        store.put(key, '/dev/null', { sizeBytes: 0, contentSha256: '', contentType: '' }),
      ).rejects.toThrow(TypeError);
    };
    for (const key of keys) await refuse(key);
    await fc.assert(fc.asyncProperty(fc.string(), refuse));
    await expect(readdir(rootDir)).rejects.toThrow('ENOENT');
  });

  test('checks by writing, and leaves nothing', async () => {
    const { rootDir, store } = await startStore();
    await store.check();
    expect(await readdir(rootDir)).toEqual([]);
  });

  test('says so when its folder cannot be there', async () => {
    const { folder, store } = await startStore();
    await writeFile(join(folder, 'store'), 'a file where the folder should be');
    const { path, object } = await sourceFile(folder, 'a video');
    for (const use of [() => store.check(), () => store.put(KEY, path, object)]) {
      await expect(use()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
    }
  });

  test('says so when its folder is not writable', async ({ skip }) => {
    const { rootDir, store } = await startStore();
    skip(!(await makeReadOnly(rootDir)), 'there is no way here to make a folder read-only');
    await expect(store.check()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The store is not writable',
    });
  });

  test('says so when the disk is full, and keeps what it has', async ({ skip }) => {
    const { folder, rootDir, store } = await startStore();
    skip(!(await mountSmallDisk(rootDir, 256)), 'mounting a small disk takes Linux and root');
    const small = await sourceFile(folder, 'a video');
    await store.put(KEY, small.path, small.object);
    const large = await sourceFile(folder, Buffer.alloc(1_000_000, 1));
    await expect(store.put(OTHER_KEY, large.path, large.object)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The store is full',
    });
    expect(await store.head(KEY)).toEqual({ sizeBytes: 7 });
    expect(await readdir(dirname(join(rootDir, KEY)))).toHaveLength(1);
  });

  test('removes the unfinished copies of processes that died, but not those that may be in work', async () => {
    const { folder, rootDir, store } = await startStore();
    const { path, object } = await sourceFile(folder, 'a video');
    const videos = dirname(join(rootDir, KEY));
    await mkdir(videos, { recursive: true });
    for (const name of ['.old.mp4.partial', '.new.mp4.partial', '.old', 'old.partial']) {
      await writeFile(join(videos, name), 'half a video');
    }
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    for (const name of ['.old.mp4.partial', '.old', 'old.partial']) {
      await utimes(join(videos, name), longAgo, longAgo);
    }
    await store.put(KEY, path, object);
    expect((await readdir(videos)).toSorted()).toEqual(
      ['.new.mp4.partial', '.old', `${'ab'.repeat(32)}.mp4`, 'old.partial'].toSorted(),
    );
  });
});
