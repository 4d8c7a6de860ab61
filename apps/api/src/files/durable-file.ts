import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Names of unfinished files start with a dot and end with this. */
export const PARTIAL_SUFFIX = '.partial';

/** A new name beside a file, for its content until it is complete. */
export function partialPathOf(targetPath: string): string {
  return join(dirname(targetPath), `.${basename(targetPath)}.${randomUUID()}${PARTIAL_SUFFIX}`);
}

/**
 * Writes a file so that it appears completely or not at all, and survives a power failure. An existing file is replaced.
 *
 * @param write creates the file at the given path beside the target
 * @throws the error of the file system or of `write`; nothing is left behind then
 */
export async function writeDurably(
  targetPath: string,
  write: (partialPath: string) => Promise<void>,
): Promise<void> {
  const partialPath = partialPathOf(targetPath);
  try {
    await write(partialPath);
    await flushToDisk(partialPath);
    await rename(partialPath, targetPath);
  } catch (error) {
    await rm(partialPath, { force: true });
    throw error;
  }
  // The folder holds the name, so it has to reach the disk too. Windows cannot open folders.
  if (process.platform !== 'win32') await flushToDisk(dirname(targetPath));
}

/**
 * Copies a file as {@link writeDurably} writes one. Makes missing folders.
 *
 * @param inspect checks the copy before it appears; nothing appears when it throws
 */
export async function copyFileDurably(
  sourcePath: string,
  targetPath: string,
  inspect?: (path: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(targetPath), { recursive: true });
  await writeDurably(targetPath, async (partialPath) => {
    await copyFile(sourcePath, partialPath, constants.COPYFILE_EXCL);
    await inspect?.(partialPath);
  });
}

/** SHA-256 of a file, 64 lowercase hexadecimal digits. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** True for the errors of a full disk and of an exceeded quota. */
export function isOutOfSpace(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Waits until the content of a file, or the names in a folder, would survive a power failure. */
export async function flushToDisk(path: string): Promise<void> {
  const handle = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
