import { createWriteStream } from 'node:fs';
import { rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { partialPathOf, writeDurably } from '../files/durable-file.ts';
import { StartupError } from '../process/startup-error.ts';

/**
 * Checks that {@link writeVideo} can write there, before time is spent on the content.
 *
 * @throws StartupError when the file cannot be written
 */
export async function checkWritable(path: string): Promise<void> {
  const existing = await stat(path).catch(() => undefined);
  if (existing !== undefined && !existing.isFile()) {
    throw new StartupError(`Cannot write ${path}: it exists and is not a file.`);
  }
  const partialPath = partialPathOf(resolve(path));
  try {
    await writeFile(partialPath, '');
    await rm(partialPath);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Writes a stream to a file, completely or not at all.
 *
 * @throws StartupError when the file cannot be written
 */
export async function writeVideo(path: string, content: Readable): Promise<void> {
  try {
    await writeDurably(resolve(path), (partialPath) => pipeline(content, createWriteStream(partialPath)));
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function cannotWrite(path: string, error: unknown): StartupError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return new StartupError(`Cannot write ${path} (${code}).`, { cause: error });
}
