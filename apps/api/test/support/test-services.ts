import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pino } from 'pino';
import { type Env, readEnv } from '../../src/env.ts';
import { prepareDataDir } from '../../src/files/data-dir.ts';
import { loggerOptions } from '../../src/logger.ts';
import type { Services } from '../../src/pipeline/services.ts';
import { openServices } from '../../src/process/open-services.ts';
import type { VideoStore } from '../../src/store/store.ts';
import { LOG_FOLDER } from './server-process.ts';
import { createTestDatabase } from './test-database.ts';

/** Real services on a database of the test server and a temporary folder, with their log. */
export interface TestServices extends Services {
  readonly env: Env;
  readonly databaseUrl: string;
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
 * Opens services for a test.
 *
 * @param options.tries the most tries of a job
 * @param options.publicBaseUrl base of the URLs of videos
 * @param options.databaseUrl a shared database. (Default: a new one with the demo events)
 * @param options.storeDir folder of a shared filesystem store. (Default: a new one)
 * @param options.store any other store; `close` closes it
 */
export async function openTestServices(options: {
  tries: number;
  publicBaseUrl?: string;
  databaseUrl?: string;
  storeDir?: string;
  store?: VideoStore;
}): Promise<TestServices> {
  const root = await mkdtemp(join(tmpdir(), 'defrag-test-'));
  await mkdir(LOG_FOLDER, { recursive: true });
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
  const created = options.databaseUrl === undefined ? await createTestDatabase() : undefined;
  const databaseUrl = options.databaseUrl ?? created?.url ?? '';
  const env = readEnv({
    DATA_DIR: root,
    DATABASE_URL: databaseUrl,
    RENDER_TRIES: String(options.tries),
    RENDER_TIMEOUT_SECONDS: '60',
  });
  const dataDir = await prepareDataDir(root);
  const storeDir = options.storeDir ?? dataDir.storeDir;
  const { close, ...services } = await openServices({
    env,
    dataDir: { ...dataDir, storeDir },
    logger,
    publicBaseUrl: options.publicBaseUrl ?? 'http://127.0.0.1:1',
    ...(options.store === undefined ? {} : { store: options.store }),
  });
  return {
    ...services,
    env,
    databaseUrl,
    scratchDir: dataDir.scratchDir,
    storeDir,
    logLines,
    logged,
    async close() {
      await close();
      await created?.drop();
      file.end();
      await rm(root, { recursive: true, force: true });
    },
  };
}
