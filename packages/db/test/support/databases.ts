import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { fromDrizzle } from 'pg-boss';
import { afterEach, inject } from 'vitest';
import { sql } from '../../src/drizzle.ts';
import { type Database, type Executor, openDatabase } from '../../src/index.ts';
import { MIGRATED_TEMPLATE } from './global-setup.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Connection string of a new database on the test server; dropped after the test. */
export async function freshDatabaseUrl(template = 'template0'): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOnServer(`create database ${name} template ${template}`);
  cleanups.push(() => runOnServer(`drop database if exists ${name} with (force)`));
  return `${inject('serverUrl')}/${name}`;
}

/** Runs one statement as the server's superuser in the database postgres. */
export async function runOnServer(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${inject('serverUrl')}/postgres` });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Opens a database; closed after the test. */
export async function open(url: string, poolSize = 10): Promise<Database> {
  const database = await openDatabase({ url, poolSize });
  cleanups.push(() => database.close());
  return database;
}

/** A new database without tables. */
export const emptyDatabase = async (poolSize?: number) => open(await freshDatabaseUrl(), poolSize);

/** A new database with all tables and no rows. */
export const migratedDatabase = async (poolSize?: number) =>
  open(await freshDatabaseUrl(MIGRATED_TEMPLATE), poolSize);

/** Rows of one statement. */
export async function rows(
  database: Pick<Database, 'executeSql'>,
  text: string,
  values?: unknown[],
): Promise<Record<string, unknown>[]> {
  return (await database.executeSql(text, values)).rows;
}

/** Runs a statement in a transaction, as pg-boss does. */
export const executeIn = (tx: Executor, text: string, values: unknown[] = []) =>
  fromDrizzle(tx, sql).executeSql(text, values);
