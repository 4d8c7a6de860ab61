import { createWriteStream } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StartupError } from '../process/startup-error.ts';

/**
 * Finds out whether {@link writeWholeFile} will be able to write there, before work is put into the content.
 *
 * @throws StartupError when the place cannot be written
 */
export async function checkWritable(path: string): Promise<void> {
  const existing = await stat(path).catch(() => undefined);
  if (existing !== undefined && !existing.isFile()) {
    throw new StartupError(`Cannot write ${path}: it exists and is not a file.`);
  }
  const unfinished = unfinishedPath(path);
  try {
    await writeFile(unfinished, '');
    await rm(unfinished);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Writes a stream to a file: whole, or not at all.
 *
 * @throws StartupError when the place cannot be written
 */
export async function writeWholeFile(path: string, content: Readable): Promise<void> {
  const unfinished = unfinishedPath(path);
  try {
    await pipeline(content, createWriteStream(unfinished));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw cannotWrite(path, error);
  }
}

function unfinishedPath(path: string): string {
  return `${resolve(path)}.${process.pid}.part`;
}

function cannotWrite(path: string, error: unknown): StartupError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return new StartupError(`Cannot write ${path} (${code}).`, { cause: error });
}
