import { migrateDatabase, seedDemoEvents } from '@defrag/db';
import type { Logger } from 'pino';
import type { Env } from '../env.ts';
import type { DataDir } from '../files/data-dir.ts';
import { createRequestCounter } from '../pipeline/requests/request-counter.ts';
import type { Services } from '../pipeline/services.ts';
import { openRenderQueue } from '../queue/render-queue.ts';
import type { VideoStore } from '../store/store.ts';
import { openProcessDatabase } from './open-database.ts';
import { openStore } from './open-store.ts';

export interface OpenServices extends Services {
  /** Shell command that connects to the local database; undefined for the one in DATABASE_URL. */
  readonly psqlCommand: string | undefined;
  /** Writes the request counts, then closes queue, store and database, in this order. */
  close(): Promise<void>;
}

/**
 * Opens the services that the environment names: the database (migrated; an empty local one gets the demo events), the store
 * and the queue. When one fails, those before it are closed again.
 *
 * @param options.store used in place of the store that the environment names; `close` closes it
 */
export async function openServices(options: {
  env: Env;
  dataDir: DataDir;
  logger: Logger;
  publicBaseUrl: string;
  store?: VideoStore;
}): Promise<OpenServices> {
  const { env, dataDir, logger, publicBaseUrl } = options;
  const { database, url, psqlCommand, close } = await openProcessDatabase(env, dataDir);
  try {
    const { applied, warnings } = await migrateDatabase(database);
    if (applied.length > 0) logger.info({ applied }, 'migrated');
    for (const warning of warnings) logger.warn(warning);
    if (psqlCommand !== undefined) await seedDemoEvents(database);
    const store = options.store ?? (await openStore({ env, dataDir, publicBaseUrl }));
    const queue = await openRenderQueue({ database, url, env, logger });
    const requests = createRequestCounter(database, logger);
    return {
      database,
      databaseKind: psqlCommand === undefined ? 'postgres' : 'embedded',
      psqlCommand,
      store,
      queue,
      requests,
      logger,
      async close() {
        await requests.close();
        await queue.close();
        await store.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
