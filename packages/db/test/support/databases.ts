import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, inject } from 'vitest';
import { type Database, migrateDatabase, openDatabase } from '../../src/index.ts';

/** Both kinds of database; most suites run on each. */
export const KINDS = ['embedded', 'postgres'] as const;
/** One of {@link KINDS}. */
export type Kind = (typeof KINDS)[number];

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A new data folder with an unmigrated embedded database in it; deleted after the test. */
export async function freshDataDir(): Promise<string> {
  const folder = await emptyFolder();
  await cp(inject('embeddedTemplate'), folder, { recursive: true });
  return folder;
}

/** A new empty folder; deleted after the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'defrag-db-test-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Connection string of a new database on the test server; dropped after the test. */
export async function freshDatabaseUrl(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOnServer(`create database ${name}`);
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
export async function open(options: Parameters<typeof openDatabase>[0]): Promise<Database> {
  const database = await openDatabase(options);
  cleanups.push(() => database.close());
  return database;
}

/** A new database of a kind, without any table. */
export async function emptyDatabase(kind: Kind, poolSize = 10): Promise<Database> {
  return kind === 'embedded'
    ? open({ dataDir: await freshDataDir() })
    : open({ databaseUrl: await freshDatabaseUrl(), dataDir: '/nonexistent', poolSize });
}

/** A new database of a kind with all tables and no rows. */
export async function migratedDatabase(kind: Kind, poolSize = 10): Promise<Database> {
  const database = await emptyDatabase(kind, poolSize);
  await migrateDatabase(database);
  return database;
}

/** Rows of one statement. */
export async function rows(
  database: Pick<Database, 'executeSql'>,
  text: string,
  values?: unknown[],
): Promise<Record<string, unknown>[]> {
  return (await database.executeSql(text, values)).rows;
}
