import { startTemporaryPostgres } from '@defrag/local-postgres';
import type { TestProject } from 'vitest/node';
import { migrateDatabase, openDatabase } from '../../src/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the test server's superuser, without a database. */
    serverUrl: string;
  }
}

/** A database on the test server with all tables and no rows, to be copied. */
export const MIGRATED_TEMPLATE = 'defrag_migrated_template';

let stop: (() => Promise<void>) | undefined;

/**
 * Starts one PostgreSQL server for all test files. `DEFRAG_TEST_SERVER_URL` names another server, such as one of an older
 * version; its user must be a superuser.
 */
export async function setup(project: TestProject): Promise<void> {
  let serverUrl = process.env['DEFRAG_TEST_SERVER_URL'];
  if (serverUrl === undefined) {
    const server = await startTemporaryPostgres();
    stop = server.stop;
    serverUrl = server.serverUrl;
  }
  const server = await openDatabase({ url: `${serverUrl}/postgres`, poolSize: 1 });
  await server.executeSql(`drop database if exists ${MIGRATED_TEMPLATE}`);
  await server.executeSql(`create database ${MIGRATED_TEMPLATE} template template0`);
  await server.close();
  const template = await openDatabase({ url: `${serverUrl}/${MIGRATED_TEMPLATE}`, poolSize: 1 });
  await migrateDatabase(template);
  await template.close();
  project.provide('serverUrl', serverUrl);
}

export async function teardown(): Promise<void> {
  await stop?.();
}
