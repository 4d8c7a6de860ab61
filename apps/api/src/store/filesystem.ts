import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../errors.ts';
import { copyFileDurably, isOutOfSpace, PARTIAL_SUFFIX, sha256OfFile } from '../files/durable-file.ts';
import { orUnavailableBy } from './or-unavailable.ts';
import { putArguments, type StoredObject, type VideoStore } from './store.ts';
import { checkVideoKey, videoUrlBelow } from './video-key.ts';

/** Hours after which an unfinished copy is taken for the leftover of a process that died. */
const ABANDONED_AFTER_HOURS = 24;

/**
 * Keeps videos in a folder: an object lies at `rootDir` + `/` + key. Several processes may use the same folder.
 *
 * @param options.rootDir made when something is put
 * @param options.publicBaseUrl what the URLs begin with, without a slash at the end; a server must offer the folder there
 */
export function createFilesystemStore(options: { rootDir: string; publicBaseUrl: string }): VideoStore {
  const { rootDir, publicBaseUrl } = options;
  const tidied = new Map<string, Promise<void>>();

  const pathOf = (key: string) => join(rootDir, checkVideoKey(key));

  /** Once per folder and process, before the first copy into it. */
  const tidyOnce = (folder: string) => {
    const tidying =
      tidied.get(folder) ??
      removeAbandonedCopies(folder).catch((error) => {
        tidied.delete(folder);
        throw error;
      });
    tidied.set(folder, tidying);
    return tidying;
  };

  return {
    kind: 'filesystem',
    browserOrigins: [new URL(publicBaseUrl).origin],
    async put(key, ...args) {
      const [sourcePath, object, signal] = putArguments(args);
      const path = pathOf(key);
      signal?.throwIfAborted();
      await stat(sourcePath);
      await orUnavailable(async () => {
        await tidyOnce(dirname(path));
        await copyFileDurably(sourcePath, path, async (copy) => {
          await compare(copy, object);
          signal?.throwIfAborted();
        });
      }, signal);
    },
    async head(key) {
      const path = pathOf(key);
      return orUnavailable(async () => {
        const status = await statIfThere(path);
        return status && { sizeBytes: status.size };
      });
    },
    async read(key) {
      const path = pathOf(key);
      return orUnavailable(async () => {
        try {
          return (await open(path)).createReadStream();
        } catch (cause) {
          if (!isMissing(cause)) throw cause;
          throw new AppError('VIDEO_NOT_FOUND', 'There is no such video in the store', { cause });
        }
      });
    },
    async delete(key) {
      const path = pathOf(key);
      await orUnavailable(() => rm(path, { force: true }));
    },
    urlFor: async (key) => videoUrlBelow(publicBaseUrl, key),
    downloadUrlFor: async (key) => videoUrlBelow(publicBaseUrl, key),
    async check() {
      const path = join(rootDir, `.check.${randomUUID()}${PARTIAL_SUFFIX}`);
      await orUnavailable(async () => {
        await mkdir(rootDir, { recursive: true });
        try {
          await writeFile(path, 'probe');
        } finally {
          await rm(path, { force: true });
        }
      });
    },
    async close() {},
  };
}

/** The copy must be what was rendered; a disk that lies is found out here and not by a viewer. */
async function compare(path: string, { sizeBytes, contentSha256 }: StoredObject): Promise<void> {
  const { size } = await stat(path);
  if (size !== sizeBytes || (await sha256OfFile(path)) !== contentSha256) {
    throw new AppError('STORE_UNAVAILABLE', 'What arrived in the store is not what was sent');
  }
}

async function removeAbandonedCopies(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  for (const name of names) {
    if (!name.startsWith('.') || !name.endsWith(PARTIAL_SUFFIX)) continue;
    const path = join(folder, name);
    const status = await statIfThere(path);
    if (status && Date.now() - status.mtimeMs > ABANDONED_AFTER_HOURS * 3_600_000)
      await rm(path, { force: true });
  }
}

async function statIfThere(path: string) {
  return stat(path).catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

const orUnavailable = orUnavailableBy(
  (cause) => new AppError('STORE_UNAVAILABLE', describe(cause), { cause }),
);

function describe(error: unknown): string {
  if (isOutOfSpace(error)) return 'The store is full';
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'The store is not writable';
  return 'The store is out of reach';
}
