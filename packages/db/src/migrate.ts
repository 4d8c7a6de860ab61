import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Database, Executor } from './database.ts';
import { sql } from './drizzle.ts';
import { DatabaseError, MigrationError } from './errors.ts';

/** The result of {@link migrateDatabase}. */
export interface MigrationReport {
  /** File names of the migrations that this call applied, in order. */
  applied: string[];
  /** Warnings of the server for the log, such as a role that this connection may not create. */
  warnings: string[];
}

/** One numbered SQL file. */
interface Migration {
  /** File name, such as `0001_product_tables.sql`. Migrations are applied in the order of their names. */
  readonly name: string;
  readonly text: string;
  /** Lowercase hex SHA-256 of the text with `\n` line ends, whatever the checkout made of them. */
  readonly checksum: string;
}

const FOLDER = new URL('../migrations/', import.meta.url);

/** Any number, as long as all processes use the same one. */
const ADVISORY_LOCK_KEY = 7_238_114_905_102;

/**
 * Longest wait of a migration for a lock on a table, during which it blocks the queries behind it. Afterwards the migration
 * fails, retryable, and leaves nothing behind.
 */
const LOCK_TIMEOUT = '15s';

/**
 * Applies every missing migration, each in its own transaction. Processes that start together take turns. Checks before
 * and after that row-level security does not hide the tables from this connection.
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

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = (await readFile(new URL(name, FOLDER), 'utf8')).replaceAll('\r\n', '\n');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/** @returns false when it was applied before */
async function applyMigration(tx: Executor, { name, text, checksum }: Migration): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCK_KEY}::bigint)`);
  await tx.execute(sql`
    create table if not exists public.defrag_migrations
      (name text primary key, checksum text not null, applied_at timestamptz not null default now())
  `);
  const { rows } = await tx.execute<{ checksum: string }>(
    sql`select checksum from public.defrag_migrations where name = ${name}`,
  );
  if (rows[0]?.checksum === checksum) return false;
  if (rows[0] !== undefined) {
    throw new MigrationError('the file differs from the one that was applied to this database.', {
      migration: name,
      code: 'CHECKSUM_CHANGED',
    });
  }
  try {
    await tx.execute(sql.raw(`set local lock_timeout = '${LOCK_TIMEOUT}'`));
    await tx.execute(sql.raw(text));
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new MigrationError(error.message, { migration: name, code: error.code, cause: error });
  }
  await tx.execute(sql`insert into public.defrag_migrations (name, checksum) values (${name}, ${checksum})`);
  return true;
}

/**
 * Row-level security does not refuse an unknown role, it shows empty tables: every video and every migration would seem
 * missing. So a role that is neither owner, superuser nor service role is rejected. Tables that do not exist yet are ignored.
 *
 * @throws DatabaseError with code 42501
 */
async function refuseHiddenTables(database: Database): Promise<void> {
  const { rows } = await database.executeSql(`
    select current_user as role, string_agg(name, ', ' order by name) as hidden
    from unnest(array['friction_events', 'asset_cache_public', 'asset_cache_private', 'video_details', 'render_jobs',
      'defrag_migrations']) as name
    where case when to_regclass('public.' || name) is null then false else row_security_active('public.' || name) end
    group by current_user
  `);
  const found: { role: string; hidden: string } | undefined = rows[0];
  if (found === undefined) return;
  throw new DatabaseError(
    `Row-level security hides tables from role ${found.role}: ${found.hidden}. Connect as their owner or as service_role.`,
    { code: '42501', retryable: false },
  );
}
