import { migrateDatabase, openDatabase, seedDemoEvents } from '@defrag/db';
import type { Logger } from 'pino';
import type { Env } from '../env.ts';
import type { DataDir } from '../files/data-dir.ts';
import { createRequestCounter } from '../pipeline/requests/request-counter.ts';
import type { Services } from '../pipeline/services.ts';
import { openRenderQueue } from '../queue/render-queue.ts';
import { openStore } from './open-store.ts';

/** The services of a process and the way to end them all. */
export interface OpenServices extends Services {
  /** Writes down what was counted, then ends queue, store and database, in that order. */
  close(): Promise<void>;
}

/**
 * Opens what the pipeline stands on, as the environment says: the database (migrated; an empty embedded one gets the demo
 * events), the store and the queue. What was opened is closed again when a later part fails.
 */
export async function openServices(options: {
  env: Env;
  dataDir: DataDir;
  logger: Logger;
  publicBaseUrl: string;
}): Promise<OpenServices> {
  const { env, dataDir, logger, publicBaseUrl } = options;
  const database = await openDatabase({
    dataDir: dataDir.root,
    databaseUrl: env.DATABASE_URL,
    poolSize: env.DATABASE_POOL_SIZE,
  });
  try {
    const { applied, warnings } = await migrateDatabase(database);
    if (applied.length > 0) logger.info({ applied }, 'migrated');
    for (const warning of warnings) logger.warn(warning);
    await seedDemoEvents(database);
    const store = await openStore({ env, dataDir, publicBaseUrl });
    const queue = await openRenderQueue({
      database,
      databaseUrl: env.DATABASE_URL,
      logger,
      tries: env.RENDER_TRIES,
      timeoutSeconds: env.RENDER_TIMEOUT_SECONDS,
    });
    const requests = createRequestCounter(database, logger);
    return {
      database,
      store,
      queue,
      requests,
      logger,
      async close() {
        await requests.close();
        await queue.close();
        await store.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
