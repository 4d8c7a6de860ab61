import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { migrateDatabase, openDatabase, seedDemoEvents } from '@defrag/db';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { loggerOptions } from '../../src/logger.ts';
import type { Services } from '../../src/pipeline/services.ts';
import { openRenderQueue } from '../../src/queue/render-queue.ts';
import { createFilesystemStore } from '../../src/store/filesystem.ts';
import { LOG_FOLDER } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Real services in a temporary folder, with what they logged. */
export interface TestServices extends Services {
  readonly scratchDir: string;
  readonly storeDir: string;
  /** Everything logged so far, parsed. */
  readonly logged: Record<string, unknown>[];
}

/** Id of the n-th demo event, 1..12. */
export const demoEventId = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Opens the embedded database with the demo events, a filesystem store and a queue; all end with the test. */
export async function openTestServices(
  options: { tries?: number; timeoutSeconds?: number } = {},
): Promise<TestServices> {
  const root = await temporaryFolder();
  await mkdir(LOG_FOLDER, { recursive: true });
  const logged: Record<string, unknown>[] = [];
  const file = createWriteStream(join(LOG_FOLDER, `services-${process.pid}-${Date.now()}.log`));
  const logger = pino(loggerOptions('debug'), {
    write(line: string) {
      logged.push(JSON.parse(line));
      file.write(line);
    },
  });
  const database = await openDatabase({ dataDir: root });
  await migrateDatabase(database);
  await seedDemoEvents(database);
  const storeDir = join(root, 'store');
  const scratchDir = join(root, 'scratch');
  await mkdir(storeDir);
  await mkdir(scratchDir);
  const store = createFilesystemStore({ rootDir: storeDir, publicBaseUrl: 'http://127.0.0.1:1' });
  const queue = await openRenderQueue({
    database,
    logger,
    tries: options.tries ?? 3,
    timeoutSeconds: options.timeoutSeconds ?? 60,
  });
  onTestFinished(async () => {
    await queue.close();
    await store.close();
    await database.close();
    file.end();
  });
  return { database, store, queue, logger, scratchDir, storeDir, logged };
}
