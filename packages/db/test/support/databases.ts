import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, inject } from 'vitest';
import { type Database, migrateDatabase, openDatabase } from '../../src/index.ts';
import { MIGRATED_TEMPLATE } from './template-name.ts';

/** Both kinds of database; most suites run on each. */
export const KINDS = ['embedded', 'postgres'] as const;
/** One of {@link KINDS}. */
export type Kind = (typeof KINDS)[number];

/** The embedded database that the tests of one file share, each beginning with an empty one. */
let embedded: Database | undefined;
let embeddedFolder: string | undefined;
/** Whether it has been in nobody's hands but {@link migratedDatabase}'s since its migration. */
let embeddedIsMigrated = false;

afterAll(async () => {
  await embedded?.close();
  if (embeddedFolder !== undefined) await rm(embeddedFolder, { recursive: true, force: true });
});

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
export async function open(options: Parameters<typeof openDatabase>[0]): Promise<Database> {
  const database = await openDatabase(options);
  cleanups.push(() => database.close());
  return database;
}

/** A new database of a kind, without any table. */
export async function emptyDatabase(kind: Kind, poolSize = 10): Promise<Database> {
  if (kind === 'postgres') {
    return open({ databaseUrl: await freshDatabaseUrl(), dataDir: '/nonexistent', poolSize });
  }
  if (embedded === undefined) {
    embeddedFolder = await mkdtemp(join(tmpdir(), 'defrag-db-test-'));
    await cp(inject('embeddedTemplate'), embeddedFolder, { recursive: true });
    embedded = await openDatabase({ dataDir: embeddedFolder });
  }
  await embedded.executeSql(EMPTY_SQL);
  embeddedIsMigrated = false;
  return embedded;
}

/** Leaves nothing of what an earlier test made. */
const EMPTY_SQL = `
  drop schema if exists public, auth, pgboss cascade;
  create schema public;
  grant usage on schema public to public;
  do $$ declare made text; begin
    foreach made in array array['anon', 'authenticated', 'service_role'] loop
      if to_regrole(made) is not null then
        execute format('drop owned by %I; drop role %I', made, made);
      end if;
    end loop;
  end $$;
`;

/** A new database of a kind with all tables and no rows. */
export async function migratedDatabase(kind: Kind, poolSize = 10): Promise<Database> {
  if (kind === 'postgres') {
    const databaseUrl = await freshDatabaseUrl(MIGRATED_TEMPLATE);
    return open({ databaseUrl, dataDir: '/nonexistent', poolSize });
  }
  if (embedded !== undefined && embeddedIsMigrated) {
    await embedded.executeSql('drop schema if exists pgboss cascade');
    await embedded.executeSql(
      'truncate friction_events, asset_cache_public, render_workers, video_request_hours, backfills cascade',
    );
    return embedded;
  }
  const database = await emptyDatabase('embedded');
  await migrateDatabase(database);
  embeddedIsMigrated = true;
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
