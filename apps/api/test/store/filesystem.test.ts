import { chmod, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { objectKey } from '@defrag/core';
import { describe, expect, test } from 'vitest';
import { createFilesystemStore } from '../../src/store/filesystem.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { sourceFile } from './support/source-file.ts';

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

/** Permissions do not hold for root, and Windows has others; a read-only disk does. */
async function makeReadOnly(path: string): Promise<boolean> {
  if (process.getuid?.() === 0) return mountSmallDisk(path, 64, 'ro');
  await mkdir(path);
  await chmod(path, 0o555);
  return process.platform !== 'win32';
}

describe('the filesystem store', () => {
  test('makes a URL of the base and the key, whether the base ends with a slash or not', async () => {
    for (const publicBaseUrl of ['https://videos.example', 'https://videos.example/']) {
      const store = createFilesystemStore({ rootDir: '/nowhere', publicBaseUrl });
      expect(await store.urlFor(KEY)).toBe(`https://videos.example/${KEY}`);
    }
  });

  test('leaves nothing beside an object that it has refused', async () => {
    const { rootDir, store } = await startStore();
    const { path, object } = await sourceFile('a video');
    await expect(store.put(KEY, path, { ...object, sizeBytes: 8 })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(await readdir(dirname(join(rootDir, KEY)))).toEqual([]);
  });

  test('says so when its folder cannot be there', async () => {
    const { folder, store } = await startStore();
    await writeFile(join(folder, 'store'), 'a file where the folder should be');
    const { path, object } = await sourceFile('a video');
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
    const { rootDir, store } = await startStore();
    skip(!(await mountSmallDisk(rootDir, 256)), 'mounting a small disk takes Linux and root');
    const small = await sourceFile('a video');
    await store.put(KEY, small.path, small.object);
    const large = await sourceFile(Buffer.alloc(1_000_000, 1));
    await expect(store.put(OTHER_KEY, large.path, large.object)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The store is full',
    });
    expect(await store.head(KEY)).toEqual({ sizeBytes: 7 });
    expect(await readdir(dirname(join(rootDir, KEY)))).toHaveLength(1);
  });

  test('removes the unfinished copies of processes that died, but not those that may be in work', async () => {
    const { rootDir, store } = await startStore();
    const { path, object } = await sourceFile('a video');
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
