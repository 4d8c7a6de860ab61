import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { DataDir } from './data-dir.ts';
import type { Env } from './env.ts';

/** The admin key in force and where it comes from. */
export interface AdminKey {
  readonly key: string;
  readonly source: 'environment' | 'file';
  /** True when this call generated it; the only time that it may be shown. */
  readonly isNew: boolean;
}

/**
 * The key of the admin routes: from the environment, or in development from a file in the data folder, which is written
 * with a fresh random key (256 bits) when it is missing and readable by its owner alone.
 */
export async function loadAdminKey(env: Env, dataDir: DataDir): Promise<AdminKey> {
  if (env.DEFRAG_ADMIN_KEY !== undefined) {
    return { key: env.DEFRAG_ADMIN_KEY, source: 'environment', isNew: false };
  }
  const key = randomBytes(32).toString('base64url');
  try {
    // `wx` fails on an existing file, so that two processes that start together agree on one key.
    await writeFile(dataDir.adminKeyFile, `${key}\n`, { mode: 0o600, flag: 'wx' });
    return { key, source: 'file', isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return { key: (await readFile(dataDir.adminKeyFile, 'utf8')).trim(), source: 'file', isNew: false };
}
