import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { migrateDatabase, openDatabase, seedDemoEvents } from '@defrag/db';
import { pino } from 'pino';
import { loggerOptions } from '../../src/logger.ts';
import { createRequestCounter } from '../../src/pipeline/requests/request-counter.ts';
import type { Services } from '../../src/pipeline/services.ts';
import { openRenderQueue } from '../../src/queue/render-queue.ts';
import { createFilesystemStore } from '../../src/store/filesystem.ts';
import type { VideoStore } from '../../src/store/store.ts';
import { LOG_FOLDER } from './server-process.ts';

/** Real services in a temporary folder, with what they logged. */
export interface TestServices extends Services {
  readonly scratchDir: string;
  readonly storeDir: string;
  /** Every line logged so far. */
  readonly logLines: readonly string[];
  /** The same, parsed. */
  readonly logged: readonly Record<string, unknown>[];
  close(): Promise<void>;
}

/** Id of the n-th demo event, 1..12. */
export const demoEventId = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/**
 * Opens the embedded database with the demo events, a filesystem store and a queue, in a temporary folder.
 *
 * @param options.tries times that a render is tried
 * @param options.publicBaseUrl what the URLs of videos begin with
 * @param options.databaseUrl a PostgreSQL server in place of the embedded database; it gets no demo events
 * @param options.storeDir a filesystem store that others use too, in place of one of its own
 * @param options.store another store in place of a filesystem store; `close` closes it
 */
export async function openTestServices(options: {
  tries: number;
  publicBaseUrl?: string;
  databaseUrl?: string;
  storeDir?: string;
  store?: VideoStore;
}): Promise<TestServices> {
  const { tries, databaseUrl } = options;
  const root = await mkdtemp(join(tmpdir(), 'defrag-test-'));
  const storeDir = options.storeDir ?? join(root, 'store');
  const scratchDir = join(root, 'scratch');
  await Promise.all([LOG_FOLDER, storeDir, scratchDir].map((folder) => mkdir(folder, { recursive: true })));
  const logLines: string[] = [];
  const logged: Record<string, unknown>[] = [];
  const file = createWriteStream(join(LOG_FOLDER, `services-${basename(root)}.log`));
  const logger = pino(loggerOptions('debug'), {
    write(line: string) {
      logLines.push(line);
      logged.push(JSON.parse(line));
      file.write(line);
    },
  });
  const database = await openDatabase({ dataDir: root, databaseUrl });
  await migrateDatabase(database);
  await seedDemoEvents(database);
  const publicBaseUrl = options.publicBaseUrl ?? 'http://127.0.0.1:1';
  const store = options.store ?? createFilesystemStore({ rootDir: storeDir, publicBaseUrl });
  const queue = await openRenderQueue({ database, databaseUrl, logger, tries, timeoutSeconds: 60 });
  const requests = createRequestCounter(database, logger);
  return {
    database,
    store,
    queue,
    requests,
    logger,
    scratchDir,
    storeDir,
    logLines,
    logged,
    async close() {
      await requests.close();
      await queue.close();
      await store.close();
      await database.close();
      file.end();
      await rm(root, { recursive: true, force: true });
    },
  };
}
