import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../errors.ts';
import {
  copyFileDurably,
  flushToDisk,
  isOutOfSpace,
  PARTIAL_SUFFIX,
  sha256OfFile,
} from '../files/durable-file.ts';
import {
  checksumError,
  type FileToStore,
  storeOperation,
  type VideoStore,
  videoNotFoundError,
} from './store.ts';
import { checkVideoKey, videoUrlBelow } from './video-key.ts';

/** Age at which an unfinished copy counts as left over from a dead process. */
const ABANDONED_AFTER_HOURS = 24;

/**
 * Keeps videos in a folder: an object is the file `rootDir/key`.
 *
 * @param options.rootDir created on first use
 * @param options.publicBaseUrl where a server serves the folder
 */
export function createFilesystemStore(options: { rootDir: string; publicBaseUrl: string }): VideoStore {
  const { rootDir, publicBaseUrl } = options;
  const cleanedFolders = new Set<string>();
  const pathOf = (key: string) => join(rootDir, checkVideoKey(key));

  return {
    kind: 'filesystem',
    browserOrigins: [new URL(publicBaseUrl).origin],
    async put(key, file, signal) {
      const path = pathOf(key);
      signal?.throwIfAborted();
      const { size } = await stat(file.path);
      if (size !== file.sizeBytes) throw checksumError();
      await operation(async () => {
        const folder = dirname(path);
        await mkdir(folder, { recursive: true });
        if (!cleanedFolders.has(folder)) await removeAbandonedCopies(folder);
        cleanedFolders.add(folder);
        await moveDurably(file, path, signal);
      }, signal);
    },
    async head(key) {
      const path = pathOf(key);
      return operation(async () => {
        const status = await statIfThere(path);
        return status && { sizeBytes: status.size };
      });
    },
    async read(key) {
      const path = pathOf(key);
      return operation(async () => {
        try {
          return (await open(path)).createReadStream();
        } catch (cause) {
          throw isOneOf(cause, 'ENOENT', 'ENOTDIR') ? videoNotFoundError(cause) : cause;
        }
      });
    },
    async delete(key) {
      const path = pathOf(key);
      await operation(() => rm(path, { force: true }));
    },
    urlFor: async (key) => videoUrlBelow(publicBaseUrl, key),
    downloadUrlFor: async (key) => videoUrlBelow(publicBaseUrl, key),
    async check() {
      const path = join(rootDir, `.check.${randomUUID()}${PARTIAL_SUFFIX}`);
      await operation(async () => {
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

/**
 * Renames a file so that the target survives a power loss. Nothing is copied unless the target is on another file system; the copy's
 * checksum is verified before it appears.
 */
async function moveDurably(file: FileToStore, targetPath: string, signal?: AbortSignal): Promise<void> {
  await flushToDisk(file.path);
  signal?.throwIfAborted();
  try {
    await rename(file.path, targetPath);
  } catch (error) {
    if (!isOneOf(error, 'EXDEV')) throw error;
    return copyFileDurably(file.path, targetPath, async (copy) => {
      if ((await sha256OfFile(copy)) !== file.sha256) throw checksumError();
      signal?.throwIfAborted();
    });
  }
  // Windows cannot open folders.
  if (process.platform !== 'win32') await flushToDisk(dirname(targetPath));
}

async function removeAbandonedCopies(folder: string): Promise<void> {
  const oldestMs = Date.now() - ABANDONED_AFTER_HOURS * 3_600_000;
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.') || !name.endsWith(PARTIAL_SUFFIX)) continue;
    const path = join(folder, name);
    const status = await statIfThere(path);
    if (status !== undefined && status.mtimeMs < oldestMs) await rm(path, { force: true });
  }
}

async function statIfThere(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (isOneOf(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

function isOneOf(error: unknown, ...codes: string[]): boolean {
  return codes.includes(String((error as NodeJS.ErrnoException).code));
}

const operation = storeOperation((cause) => new AppError('STORE_UNAVAILABLE', describe(cause), { cause }));

function describe(error: unknown): string {
  if (isOutOfSpace(error)) return 'The store is full: free disk space in DATA_DIR';
  if (isOneOf(error, 'EACCES', 'EPERM', 'EROFS')) {
    return 'The store is not writable: check the permissions of DATA_DIR';
  }
  return 'The store cannot be used: check DATA_DIR';
}
