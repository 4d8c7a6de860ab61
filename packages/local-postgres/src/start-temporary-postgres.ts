import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCluster, findPrograms } from './cluster.ts';
import { giveTo, unprivilegedAccount } from './home.ts';
import { freePort, startPostmaster, stopPostmaster } from './postmaster.ts';

/** Options of {@link startTemporaryPostgres}. */
export interface TemporaryPostgresOptions {
  /** Most connections at a time. (Default: 200) */
  readonly maxConnections?: number;
  /** Whether a commit waits for the disk, which measurements need and tests do not. (Default: false) */
  readonly durable?: boolean;
}

/** A PostgreSQL server with one empty database, `postgres`. */
export interface TemporaryPostgres {
  /** Connection string of its superuser without a database: append `/` and a name. */
  readonly serverUrl: string;
  /** Connection string of its superuser to the empty database. */
  readonly databaseUrl: string;
  /** Stops it and deletes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a server on a free port of 127.0.0.1 with its data in a temporary folder, for tests and measurements. It ends with
 * this process.
 *
 * @throws LocalPostgresError
 */
export async function startTemporaryPostgres({
  maxConnections = 200,
  durable = false,
}: TemporaryPostgresOptions = {}): Promise<TemporaryPostgres> {
  const home = { path: mkdtempSync(join(tmpdir(), 'defrag-postgres-')), account: unprivilegedAccount() };
  try {
    giveTo(home.account, home.path);
    const programs = await findPrograms(home);
    await createCluster(home, programs, durable);
    const postmaster = await startPostmaster(home, programs, {
      detached: false,
      port: await freePort(),
      settings: {
        max_connections: maxConnections,
        shared_buffers: '128MB',
        ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
      },
    });
    const endWithProcess = () => {
      process.kill(postmaster.pid, 'SIGQUIT');
      rmSync(home.path, { recursive: true, force: true });
    };
    process.once('exit', endWithProcess);
    return {
      serverUrl: postmaster.url.replace(/\/postgres$/, ''),
      databaseUrl: postmaster.url,
      async stop() {
        process.off('exit', endWithProcess);
        await stopPostmaster(postmaster, home.path);
        await rm(home.path, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(home.path, { recursive: true, force: true });
    throw error;
  }
}
