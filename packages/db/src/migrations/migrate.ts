import type { Database } from '../database.ts';
import { DatabaseError, MigrationError } from '../errors.ts';
import { type Executor, executeSqlWith } from '../executor.ts';
import { type Migration, readMigrations } from './migration-files.ts';
import { refuseHiddenTables } from './refuse-hidden-tables.ts';

/** What a call of {@link migrateDatabase} did. */
export interface MigrationReport {
  /** File names of the migrations that this call applied, in order. */
  applied: string[];
  /** What the server warned of, such as a role that may not be created. For the log. */
  warnings: string[];
}

/** Any number; only that all processes use the same one matters. */
const ADVISORY_LOCK_KEY = 7_238_114_905_102;

/**
 * How long a migration waits for a lock on a table, and so how long it may hold up those who come after it in the queue.
 * Afterwards it fails, retryable, and leaves nothing behind.
 */
const LOCK_TIMEOUT = '15s';

/**
 * Applies every migration that is still missing, each in a transaction of its own. Processes that start together take turns.
 * Before and after, it makes sure that row-level security does not hide the tables from this connection.
 *
 * @throws MigrationError when one cannot be applied, or an applied one was changed afterwards
 * @throws DatabaseError when the role of this connection would see no rows
 */
export async function migrateDatabase(database: Database): Promise<MigrationReport> {
  await refuseHiddenTables(database);
  const migrations = await readMigrations();
  const { result: applied, warnings } = await database.collectWarnings(async () => {
    const names: string[] = [];
    for (const migration of migrations) {
      if (await database.transaction((tx) => applyMigration(tx, migration))) names.push(migration.name);
    }
    return names;
  });
  await refuseHiddenTables(database);
  return { applied, warnings };
}

/** Resolves to false when it was applied before. */
async function applyMigration(tx: Executor, migration: Migration): Promise<boolean> {
  const { executeSql } = executeSqlWith(tx);
  await executeSql('select pg_advisory_xact_lock($1::bigint)', [ADVISORY_LOCK_KEY]);
  await executeSql(
    'create table if not exists public.defrag_migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
  );
  if (isApplied(await appliedChecksums(tx), migration)) return false;
  try {
    await executeSql(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
    await executeSql(migration.text);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new MigrationError(error.message, { migration: migration.name, code: error.code, cause: error });
  }
  await executeSql('insert into public.defrag_migrations (name, checksum) values ($1, $2)', [
    migration.name,
    migration.checksum,
  ]);
  return true;
}

async function appliedChecksums(executor: Executor): Promise<Map<string, string>> {
  const { rows } = await executeSqlWith(executor).executeSql(
    'select name, checksum from public.defrag_migrations',
  );
  return new Map(rows.map((row): [string, string] => [row.name, row.checksum]));
}

function isApplied(checksums: ReadonlyMap<string, string>, { name, checksum }: Migration): boolean {
  const known = checksums.get(name);
  if (known === undefined) return false;
  if (known === checksum) return true;
  throw new MigrationError('the file is not the one that was applied to this database.', {
    migration: name,
    code: 'CHECKSUM_CHANGED',
  });
}
