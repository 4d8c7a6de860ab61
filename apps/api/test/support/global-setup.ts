import { migrateDatabase, openDatabase, seedDemoEvents } from '@defrag/db';
import { startTemporaryPostgres } from '@defrag/local-postgres';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { readEnv } from '../../src/env.ts';
import { openRenderQueue } from '../../src/queue/render-queue.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the test server's superuser, without a database. */
    serverUrl: string;
  }
}

/** A database with all tables, the queue's schema and the demo events, to be copied. */
export const TEMPLATE_DATABASE = 'defrag_template';

let stop: (() => Promise<void>) | undefined;

/** Starts one PostgreSQL server for all test files. */
export async function setup(project: TestProject): Promise<void> {
  const server = await startTemporaryPostgres();
  stop = server.stop;
  const admin = await openDatabase({ url: server.databaseUrl, poolSize: 1 });
  await admin.executeSql(`create database ${TEMPLATE_DATABASE}`);
  await admin.close();
  const url = `${server.serverUrl}/${TEMPLATE_DATABASE}`;
  const database = await openDatabase({ url, poolSize: 1 });
  await migrateDatabase(database);
  await seedDemoEvents(database);
  const logger = pino({ level: 'silent' });
  await (await openRenderQueue({ database, url, env: readEnv({}), logger })).close();
  await database.close();
  project.provide('serverUrl', server.serverUrl);
}

export async function teardown(): Promise<void> {
  await stop?.();
}
