import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StartupError } from '../startup-error.ts';

/**
 * Writes a stream to a file: whole, or not at all.
 *
 * @throws StartupError when the place cannot be written
 */
export async function writeWholeFile(path: string, content: Readable): Promise<void> {
  const unfinished = `${resolve(path)}.${process.pid}.part`;
  try {
    await pipeline(content, createWriteStream(unfinished));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new StartupError(`Cannot write ${path} (${code}).`, { cause: error });
  }
}
