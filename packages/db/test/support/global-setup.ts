import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgresServer } from '@defrag/test-postgres';
import type { TestProject } from 'vitest/node';
import { migrateDatabase, openDatabase } from '../../src/index.ts';
import { MIGRATED_TEMPLATE } from './template-name.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the test server's superuser, without a database. */
    serverUrl: string;
    /** A data folder with a new, unmigrated embedded database, to be copied. */
    embeddedTemplate: string;
  }
}

const undo: (() => Promise<void>)[] = [];

/** Ends and deletes what {@link setup} made. */
export async function teardown(): Promise<void> {
  for (const step of undo.splice(0)) await step();
}

/**
 * One real PostgreSQL server and one new embedded database for all test files. `DEFRAG_TEST_SERVER_URL` names another server in
 * place of the one that npm brings, such as one of an older version; its user must be a superuser.
 */
export async function setup(project: TestProject): Promise<void> {
  const embeddedTemplate = await mkdtemp(join(tmpdir(), 'defrag-db-test-template-'));
  undo.push(() => rm(embeddedTemplate, { recursive: true, force: true }));
  const [serverUrl, template] = await Promise.all([
    process.env['DEFRAG_TEST_SERVER_URL'] ?? startServer(),
    openDatabase({ dataDir: embeddedTemplate }),
  ]);
  await template.close();
  await createMigratedTemplate(serverUrl);
  project.provide('serverUrl', serverUrl);
  project.provide('embeddedTemplate', embeddedTemplate);
}

async function createMigratedTemplate(serverUrl: string): Promise<void> {
  const server = await openDatabase({
    databaseUrl: `${serverUrl}/postgres`,
    dataDir: '/nonexistent',
    poolSize: 1,
  });
  await server.executeSql(`drop database if exists ${MIGRATED_TEMPLATE}`);
  await server.executeSql(`create database ${MIGRATED_TEMPLATE} template template0`);
  await server.close();
  const template = await openDatabase({
    databaseUrl: `${serverUrl}/${MIGRATED_TEMPLATE}`,
    dataDir: '/nonexistent',
    poolSize: 1,
  });
  await migrateDatabase(template);
  await template.close();
}

async function startServer(): Promise<string> {
  const server = await startPostgresServer();
  undo.push(() => server.stop());
  return server.serverUrl;
}
