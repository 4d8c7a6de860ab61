import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import type { Env } from '../env.ts';
import type { DataDir } from '../files/data-dir.ts';
import { StartupError } from './startup-error.ts';

/** Fewest characters of a key, here and in the environment. */
const MIN_KEY_CHARACTERS = 16;

export interface AdminKey {
  readonly key: string;
  readonly source: 'environment' | 'file';
  /** True when this call generated the key. Only then may it be printed. */
  readonly isNew: boolean;
}

/**
 * The key of the admin routes, from the environment or from a file in the data folder. A missing file is created with a random
 * key of 256 bits, readable by its owner only.
 *
 * @throws StartupError when the file cannot be read or written, or contains no key
 */
export async function loadAdminKey(env: Env, dataDir: DataDir): Promise<AdminKey> {
  if (env.DEFRAG_ADMIN_KEY !== undefined) {
    return { key: env.DEFRAG_ADMIN_KEY, source: 'environment', isNew: false };
  }
  const path = dataDir.adminKeyFile;
  try {
    const existing = await readKey(path);
    if (existing !== undefined) return { key: existing, source: 'file', isNew: false };
    const created = await createKey(path);
    if (created !== undefined) return { key: created, source: 'file', isNew: true };
    const others = await readKey(path);
    if (others !== undefined) return { key: others, source: 'file', isNew: false };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new StartupError(
      `The admin key file ${path} cannot be used (${code}). Make it readable and writable, or set DEFRAG_ADMIN_KEY.`,
      { cause: error },
    );
  }
  throw new StartupError(`The admin key file ${path} was deleted while it was read. Start again.`);
}

/** @returns undefined when there is no file */
async function readKey(path: string): Promise<string | undefined> {
  let key: string;
  try {
    key = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (key.length < MIN_KEY_CHARACTERS) {
    throw new StartupError(
      `The admin key file ${path} contains no key of at least ${MIN_KEY_CHARACTERS} characters. Delete it to get a new key at the next start.`,
    );
  }
  return key;
}

/**
 * Writes a new key. The file appears complete or not at all and never replaces another one, so that processes that start
 * together use the same key.
 *
 * @returns undefined when another process was faster
 */
async function createKey(path: string): Promise<string | undefined> {
  const key = randomBytes(32).toString('base64url');
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(unfinished, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await link(unfinished, path);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
}
