import { type Database, openDatabase } from '@defrag/db';
import { startLocalPostgres } from '@defrag/local-postgres';
import type { Env } from '../env.ts';
import type { DataDir } from '../files/data-dir.ts';

export interface ProcessDatabase {
  readonly database: Database;
  readonly url: string;
  /** Shell command that connects to the local database; undefined for the one in DATABASE_URL. */
  readonly psqlCommand: string | undefined;
  /** Ends the connections, then the local PostgreSQL unless another process uses it. */
  close(): Promise<void>;
}

/**
 * Connects to the database in DATABASE_URL or, when it is unset, to the PostgreSQL in the data folder, which is started unless it
 * runs. Nothing is migrated.
 *
 * @throws DatabaseUnreachableError, LocalPostgresError
 */
export async function openProcessDatabase(env: Env, dataDir: DataDir): Promise<ProcessDatabase> {
  const local =
    env.DATABASE_URL === undefined ? await startLocalPostgres({ dataDir: dataDir.root }) : undefined;
  const url = local?.url ?? env.DATABASE_URL ?? '';
  try {
    const database = await openDatabase({ url, poolSize: env.DATABASE_POOL_SIZE });
    return {
      database,
      url,
      psqlCommand: local?.psqlCommand,
      async close() {
        await database.close();
        await local?.stop();
      },
    };
  } catch (error) {
    await local?.stop();
    throw error;
  }
}
