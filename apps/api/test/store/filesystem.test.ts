import { chmod, mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { objectKey } from '@defrag/core';
import { describe, expect, test } from 'vitest';
import { createFilesystemStore } from '../../src/store/filesystem.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { newFile } from './support/store-places.ts';

const KEY = objectKey('ab'.repeat(32));
const OTHER_KEY = objectKey('cd'.repeat(32));

async function startStore() {
  const folder = await temporaryFolder();
  const rootDir = join(folder, 'store');
  const store = createFilesystemStore({ rootDir, publicBaseUrl: 'https://videos.example' });
  return { folder, rootDir, store, videosDir: dirname(join(rootDir, KEY)) };
}

/** Makes a folder read-only, with a read-only mount for root, to whom permissions do not apply. */
async function makeReadOnly(path: string): Promise<boolean> {
  if (process.getuid?.() === 0) return mountSmallDisk(path, 64, 'ro');
  await mkdir(path);
  await chmod(path, 0o555);
  return process.platform !== 'win32';
}

describe('the filesystem store', () => {
  test('builds the same URL for a base with and without a trailing slash', async () => {
    for (const publicBaseUrl of ['https://videos.example', 'https://videos.example/']) {
      const store = createFilesystemStore({ rootDir: '/nowhere', publicBaseUrl });
      expect(await store.urlFor(KEY)).toBe(`https://videos.example/${KEY}`);
    }
  });

  test('has no incoming objects', async () => {
    expect((await startStore()).store.incoming).toBeUndefined();
  });

  test('moves a file within a file system without copying it', async () => {
    const { folder, rootDir, store } = await startStore();
    const file = await newFile('a video', folder);
    const { ino } = await stat(file.path);
    await store.put(KEY, file);
    expect((await stat(join(rootDir, KEY))).ino).toBe(ino);
    await expect(stat(file.path)).rejects.toThrow('ENOENT');
  });

  test('copies a file from another file system and verifies the copy', async ({ skip }) => {
    const { rootDir, store, videosDir } = await startStore();
    skip(!(await mountSmallDisk(rootDir, 256)), 'mounting a small disk requires Linux and root');
    const file = await newFile('a video');
    await expect(store.put(KEY, { ...file, sha256: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The stored file failed checksum verification: render it again',
    });
    expect(await readdir(videosDir)).toEqual([]);
    await store.put(KEY, file);
    expect(await store.head(KEY)).toEqual({ sizeBytes: 7 });
    expect(await readdir(videosDir)).toHaveLength(1);
  });

  test('reports that it is not writable when its folder is read-only', async ({ skip }) => {
    const { rootDir, store } = await startStore();
    skip(!(await makeReadOnly(rootDir)), 'this system cannot make a folder read-only');
    await expect(store.check()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The store is not writable: check the permissions of DATA_DIR',
    });
  });

  test('reports that it is full when the disk is full, and keeps its objects', async ({ skip }) => {
    const { rootDir, store, videosDir } = await startStore();
    skip(!(await mountSmallDisk(rootDir, 256)), 'mounting a small disk requires Linux and root');
    await store.put(KEY, await newFile('a video'));
    await expect(store.put(OTHER_KEY, await newFile(Buffer.alloc(1_000_000, 1)))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The store is full: free disk space in DATA_DIR',
    });
    expect(await store.head(KEY)).toEqual({ sizeBytes: 7 });
    expect(await readdir(videosDir)).toHaveLength(1);
  });

  test('removes unfinished copies that are older than a day, and no other file', async () => {
    const { store, videosDir } = await startStore();
    await mkdir(videosDir, { recursive: true });
    for (const name of ['.old.mp4.partial', '.new.mp4.partial', '.old', 'old.partial']) {
      await writeFile(join(videosDir, name), 'half a video');
    }
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    for (const name of ['.old.mp4.partial', '.old', 'old.partial']) {
      await utimes(join(videosDir, name), longAgo, longAgo);
    }
    await store.put(KEY, await newFile('a video'));
    expect((await readdir(videosDir)).toSorted()).toEqual(
      ['.new.mp4.partial', '.old', `${'ab'.repeat(32)}.mp4`, 'old.partial'].toSorted(),
    );
  });
});
