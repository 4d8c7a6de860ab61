import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseFolderError, DatabaseInUseError } from '../errors.ts';
import { makePrivate, PRIVATE_FILE_MODE } from './make-private.ts';

/** Holds the data folder for this process until it is released or the process ends, however it ends. */
export interface FolderLock {
  release(): void;
}

const LOCK_FILE = 'database.lock';
const HOLDER_FILE = 'database.holder.json';

/** SQLite's code for a lock that somebody else holds. */
const SQLITE_BUSY = 5;

/**
 * Takes the exclusive lock of a data folder. The lock is the operating system's, on a file that SQLite (part of Node) opens:
 * it falls with its process even at SIGKILL, so it cannot grow stale, and it holds between containers that share the folder,
 * where process ids say nothing. The holder's id lies beside it for the message alone.
 *
 * @throws DatabaseInUseError when another process, or this one, holds it
 * @throws DatabaseFolderError when the folder cannot be written
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const lockPath = join(folder, LOCK_FILE);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    makePrivateFile(lockPath);
  } catch (error) {
    throw new DatabaseFolderError(folder, { code: codeOf(error), cause: error });
  }
  const { DatabaseSync } = await import('node:sqlite');
  const holderPath = join(folder, HOLDER_FILE);
  const lock = openLock(() => new DatabaseSync(lockPath), folder);
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive');
    makePrivateFile(holderPath);
    writeFileSync(holderPath, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  } catch (error) {
    lock.close();
    if ((error as { errcode?: unknown }).errcode === SQLITE_BUSY) {
      throw new DatabaseInUseError(folder, { holder: readHolder(holderPath), cause: error });
    }
    throw new DatabaseFolderError(folder, { code: codeOf(error), cause: error });
  }
  return {
    release: () => {
      rmSync(holderPath, { force: true });
      lock.close();
    },
  };
}

/**
 * Creates an empty file unless it is there, for its owner alone. Never opens one that is there: closing it again would make
 * the operating system drop a lock that this process holds on it.
 */
function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', PRIVATE_FILE_MODE));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    makePrivate(path, PRIVATE_FILE_MODE);
  }
}

function openLock<Lock>(open: () => Lock, folder: string): Lock {
  try {
    return open();
  } catch (error) {
    throw new DatabaseFolderError(folder, { code: codeOf(error), cause: error });
  }
}

function readHolder(path: string): { pid: number; since: string } | null {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof holder !== 'object' || holder === null) return null;
    const { pid, since } = holder as { pid?: unknown; since?: unknown };
    return typeof pid === 'number' && typeof since === 'string' ? { pid, since } : null;
  } catch {
    return null; // Taken this very moment, or released: the message does without.
  }
}

/** The code of a failed file operation; SQLite tells only its own, which means nothing to people. */
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && code !== 'ERR_SQLITE_ERROR' ? code : 'UNKNOWN';
}
