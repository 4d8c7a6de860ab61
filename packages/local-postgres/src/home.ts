import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readFileSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { LocalPostgresError } from './errors.ts';

/** Folder and owner of a cluster. */
export interface Home {
  readonly path: string;
  readonly account: Account;
}

/** Where root keeps databases whose data folder is below a folder that no other user may enter, such as /root. */
const ROOT_DATABASES = '/var/lib/defrag-video';

/**
 * Makes the folder `postgres` of a data folder, for its owner only. When this process runs as root, the owner is an
 * unprivileged user, whose group gets permission to pass through the data folder. If a folder above it is closed to that
 * user, `postgres` is a symbolic link into /var/lib/defrag-video.
 *
 * @param dataDir exists
 * @throws LocalPostgresError when the folder cannot be made, or the unprivileged user cannot reach it
 */
export function prepareHome(dataDir: string): Home {
  const root = resolve(dataDir);
  const path = join(root, 'postgres');
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    // When root opens the database of an ordinary user, that user stays its owner.
    const isOwned = process.getuid?.() === 0 && existing !== undefined && existing.uid !== 0;
    const account = isOwned ? { uid: existing.uid, gid: existing.gid } : unprivilegedAccount();
    letPass(account, root);
    if (existing === undefined) {
      if (canEnter(account, root)) mkdirSync(path, { mode: 0o700 });
      else symlinkSync(makeRootDatabase(root), path);
    }
    const real = realpathSync(path);
    if (!isOwned) giveTo(account, real);
    if (canEnter(account, real)) return { path: real, account };
  } catch (error) {
    if (error instanceof LocalPostgresError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new LocalPostgresError(`The database folder ${path} cannot be used (${code}).`, { cause: error });
  }
  throw new LocalPostgresError(`PostgreSQL does not run as root, and no other user can reach ${path}.`);
}

/** Lets only the account's group traverse a folder that belongs to root. */
function letPass(account: Account, folder: string): void {
  const { uid, mode } = statSync(folder);
  if (account === undefined || uid !== 0 || canEnter(account, folder)) return;
  if (!canEnter(account, dirname(folder))) return;
  chownSync(folder, 0, account.gid);
  chmodSync(folder, (mode & 0o707) | 0o010);
}

function makeRootDatabase(dataDir: string): string {
  const name = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16);
  const folder = join(ROOT_DATABASES, name);
  mkdirSync(ROOT_DATABASES, { recursive: true, mode: 0o755 });
  mkdirSync(folder, { mode: 0o700, recursive: true });
  return folder;
}

/** The user that PostgreSQL runs as; undefined for the user of this process. */
export type Account = { readonly uid: number; readonly gid: number } | undefined;

/**
 * PostgreSQL refuses to run as root, and `initdb` needs a user that /etc/passwd names.
 *
 * @returns undefined unless this process runs as root
 * @throws LocalPostgresError when /etc/passwd names root only
 */
export function unprivilegedAccount(): Account {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid > 0);
  const user = users.find(({ name }) => name === 'nobody') ?? users[0];
  if (user !== undefined) return { uid: user.uid, gid: user.gid };
  throw new LocalPostgresError('PostgreSQL does not run as root, and /etc/passwd names no other user.');
}

/** Whether the account may enter a folder or execute a program, with every folder above it. */
export function canEnter(account: Account, path: string): boolean {
  if (account === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { ...account, cwd: '/' }).status === 0;
}

/** Makes the account the owner of a file or folder. */
export function giveTo(account: Account, path: string): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}
