import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync } from 'node:fs';
import { LocalPostgresError } from './errors.ts';

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
