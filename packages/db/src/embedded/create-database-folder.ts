import { execFile } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SCRIPT = fileURLToPath(new URL('./create-database-folder-process.ts', import.meta.url));

/**
 * Creates the embedded database's folder unless it is there. In a process of its own, because creating takes about 0.6 GB of
 * memory that the caller would not get back; and under another name that changes at the very end, so that a creation that
 * was cut short is begun again and never opened. The caller holds the lock of the parent folder.
 */
export async function createDatabaseFolder(folder: string): Promise<void> {
  // PostgreSQL's mark of a data folder.
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  try {
    await promisify(execFile)(process.execPath, [SCRIPT, unfinished]);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}
