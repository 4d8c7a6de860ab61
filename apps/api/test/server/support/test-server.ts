import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateDatabase, openDatabase, seedDemoEvents } from '@defrag/db';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { loggerOptions } from '../../../src/logger.ts';
import type { Services } from '../../../src/pipeline/services.ts';
import { openRenderQueue } from '../../../src/queue/render-queue.ts';
import { type AppOptions, createApp } from '../../../src/server/app.ts';
import { createFilesystemStore } from '../../../src/store/filesystem.ts';
import { LOG_FOLDER } from '../../support/server-process.ts';

/** The secrets of every test server. */
export const ADMIN_KEY = 'test-admin-key-0123456789';
/** See {@link ADMIN_KEY}. */
export const CRON_SECRET = 'test-cron-secret-0123456789';
/** What the test servers' URLs begin with, wherever they listen. */
export const PUBLIC_BASE_URL = 'http://videos.test';

/** Real services in a temporary folder, for any number of servers. */
export interface ServerServices extends Services {
  readonly storeDir: string;
  readonly scratchDir: string;
  /** Every line logged so far. */
  readonly logLines: readonly string[];
  close(): Promise<void>;
}

/** Opens the embedded database with the demo events, a filesystem store and a queue that nobody works on. */
export async function openServerServices(): Promise<ServerServices> {
  const root = await mkdtemp(join(tmpdir(), 'defrag-server-test-'));
  const storeDir = join(root, 'store');
  const scratchDir = join(root, 'scratch');
  await mkdir(storeDir);
  await mkdir(scratchDir);
  await mkdir(LOG_FOLDER, { recursive: true });
  const file = createWriteStream(join(LOG_FOLDER, `${root.split('/').at(-1)}.log`));
  const logLines: string[] = [];
  const logger = pino(loggerOptions('debug'), {
    write(line: string) {
      logLines.push(line);
      file.write(line);
    },
  });
  const database = await openDatabase({ dataDir: root });
  await migrateDatabase(database);
  await seedDemoEvents(database);
  const store = createFilesystemStore({ rootDir: storeDir, publicBaseUrl: PUBLIC_BASE_URL });
  const queue = await openRenderQueue({ database, logger, tries: 3, timeoutSeconds: 60 });
  return {
    database,
    store,
    queue,
    logger,
    storeDir,
    scratchDir,
    logLines,
    async close() {
      await queue.close();
      await store.close();
      await database.close();
      file.end();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A server that listens on a free port. */
export interface TestServer {
  readonly url: string;
  readonly app: FastifyInstance;
}

/** Starts a server over the services. End it with `app.close()`. */
export async function startServer(
  services: ServerServices,
  options: Partial<AppOptions> = {},
): Promise<TestServer> {
  const app = await createApp({
    services,
    auth: { adminKey: ADMIN_KEY, cronSecret: CRON_SECRET },
    publicBaseUrl: PUBLIC_BASE_URL,
    corsOrigins: ['https://admin.test'],
    videosDir: services.storeDir,
    rateLimit: { failedAuthPerMinute: 10_000 },
    ...options,
  });
  const listening: Promise<string> = app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url: await listening };
}
