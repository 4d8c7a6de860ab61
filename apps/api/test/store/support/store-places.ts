import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createFilesystemStore } from '../../../src/store/filesystem.ts';
import type { VideoStore } from '../../../src/store/store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A store, and hands that reach behind it. */
export interface StorePlace {
  readonly store: VideoStore;
  /** What `urlFor` begins with. */
  readonly baseUrl: string;
  /** The keys of all objects, unfinished ones included. */
  keys(): Promise<string[]>;
  /** The bytes of an object, past the store. */
  bytesOf(key: string): Promise<Buffer>;
  /** Puts other bytes in place of an object's, past the store. */
  damage(key: string, bytes: string): Promise<void>;
  /** Takes the store's place away from under it. */
  takeAway(): Promise<void>;
}

/** A filesystem store in a temporary folder. */
export async function openFilesystemPlace(): Promise<StorePlace> {
  const rootDir = join(await temporaryFolder(), 'store');
  const baseUrl = 'https://videos.example';
  return {
    store: createFilesystemStore({ rootDir, publicBaseUrl: baseUrl }),
    baseUrl,
    async keys() {
      const entries = await readdir(rootDir, { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(rootDir.length + 1));
    },
    bytesOf: (key) => readFile(join(rootDir, key)),
    async damage(key, bytes) {
      await mkdir(dirname(join(rootDir, key)), { recursive: true });
      await writeFile(join(rootDir, key), bytes);
    },
    async takeAway() {
      await rm(rootDir, { recursive: true, force: true });
      await writeFile(rootDir, 'a file where the folder should be');
    },
  };
}
