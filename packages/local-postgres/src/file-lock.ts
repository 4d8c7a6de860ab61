import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { type Account, giveTo } from './home.ts';

/** SQLite's code for a lock that another connection holds. */
const SQLITE_BUSY = 5;

/**
 * Locks a file until the returned function is called or this process ends. The lock is the operating system's, taken by
 * SQLite (a part of Node): it ends with its process even at SIGKILL, so it is never stale.
 *
 * @param kind any number of processes may hold a `shared` lock at a time, or one an `exclusive` lock
 * @returns undefined when another holder is in the way
 */
export function tryLock(
  path: string,
  kind: 'shared' | 'exclusive',
  account: Account,
): (() => void) | undefined {
  createFile(path, account);
  const lock = new DatabaseSync(path);
  try {
    lock.exec(kind === 'exclusive' ? 'begin exclusive' : 'begin; select 1 from sqlite_master');
    return () => lock.close();
  } catch (error) {
    lock.close();
    if ((error as { errcode?: unknown }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
}

/** Calls `use` while holding the exclusive lock of a file. Waits for the lock without a limit. */
export async function withLock<Result>(
  path: string,
  account: Account,
  use: () => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const release = tryLock(path, 'exclusive', account);
    if (release !== undefined) return await use().finally(release);
    await delay(20);
  }
}

/** Never opens a file that exists: closing it would make the operating system drop a lock that this process holds on it. */
function createFile(path: string, account: Account): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
    giveTo(account, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
