import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makePrivate, PRIVATE_FOLDER_MODE } from './make-private.ts';

const SCRIPT = fileURLToPath(new URL('./create-database-folder-process.ts', import.meta.url));

/** A new database takes 40 MB, and soon as much again for its log of changes. */
const NEEDED_BYTES = 100e6;

/**
 * Creates the embedded database's folder unless it is there. In a process of its own, because creating takes about 0.6 GB of
 * memory that the caller would not get back; and under another name that changes at the very end, so that a creation that
 * was cut short is begun again and never opened. Either way the folder is for its owner alone: PGlite leaves its files readable
 * for everybody, and they hold private rows. The caller holds the lock of the parent folder.
 *
 * @throws an error with the code ENOSPC when the disk has too little space
 */
export async function createDatabaseFolder(folder: string): Promise<void> {
  // PostgreSQL's mark of a data folder.
  if (existsSync(join(folder, 'PG_VERSION'))) {
    makePrivate(folder, PRIVATE_FOLDER_MODE);
    return;
  }
  const { bavail, bsize } = statfsSync(dirname(folder));
  if (bavail * bsize < NEEDED_BYTES) {
    throw Object.assign(new Error('too little space for a new database'), { code: 'ENOSPC' });
  }
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  try {
    mkdirSync(unfinished, { mode: PRIVATE_FOLDER_MODE });
    await promisify(execFile)(process.execPath, [SCRIPT, unfinished]);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}
