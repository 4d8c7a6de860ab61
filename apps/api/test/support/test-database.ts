import { randomUUID } from 'node:crypto';
import { openDatabase } from '@defrag/db';
import { startLocalPostgres } from '@defrag/local-postgres';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { TEMPLATE_DATABASE } from './global-setup.ts';

/** A database of the test server. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Creates a migrated database with the demo events, or an empty one. */
export async function createTestDatabase(template = TEMPLATE_DATABASE): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOnServer(`create database ${name} template ${template}`);
  return {
    url: `${inject('serverUrl')}/${name}`,
    drop: () => runOnServer(`drop database if exists ${name} with (force)`),
  };
}

/** Connection string of a new database, which is dropped after the test. */
export async function testDatabaseUrl(template?: string): Promise<string> {
  const { url, drop } = await createTestDatabase(template);
  onTestFinished(drop);
  return url;
}

/** Runs one statement in the local database of a data folder, which other processes may be using. @returns the rows */
export async function queryLocal(
  dataDir: string,
  text: string,
  values?: unknown[],
): Promise<Record<string, unknown>[]> {
  const postgres = await startLocalPostgres({ dataDir });
  try {
    const database = await openDatabase({ url: postgres.url, poolSize: 1 });
    return (await database.executeSql(text, values).finally(() => database.close())).rows;
  } finally {
    await postgres.stop();
  }
}

async function runOnServer(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${inject('serverUrl')}/postgres` });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
