import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Names of files that are not finished yet begin with a dot and end so. */
export const PARTIAL_SUFFIX = '.partial';

/**
 * Copies a file so that the target appears whole or not at all, and stays after a loss of power. Makes missing folders; an
 * existing target is replaced.
 *
 * @param inspect looks at the copy before it appears; nothing appears when it throws
 * @throws the error of the file system or of `inspect`; nothing is left behind then
 */
export async function copyFileDurably(
  sourcePath: string,
  targetPath: string,
  inspect?: (path: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(targetPath);
  const partialPath = join(folder, `.${basename(targetPath)}.${randomUUID()}${PARTIAL_SUFFIX}`);
  await mkdir(folder, { recursive: true });
  try {
    await copyFile(sourcePath, partialPath, constants.COPYFILE_EXCL);
    await flushToDisk(partialPath);
    await inspect?.(partialPath);
    await rename(partialPath, targetPath);
  } catch (error) {
    await rm(partialPath, { force: true });
    throw error;
  }
  // The name is in the folder, so the folder has to reach the disk too. Windows cannot open folders.
  if (process.platform !== 'win32') await flushToDisk(folder);
}

/** SHA-256 of a file, 64 lowercase hexadecimal digits. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** True for the errors of a full disk and of a used-up quota. */
export function isOutOfSpace(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Waits until the content of a file, or the names in a folder, would outlast a loss of power. */
export async function flushToDisk(path: string): Promise<void> {
  const handle = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
