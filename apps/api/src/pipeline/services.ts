import type { Database } from '@defrag/db';
import type { Logger } from 'pino';
import type { RenderQueue } from '../queue/render-queue.ts';
import type { VideoStore } from '../store/store.ts';
import type { RequestCounter } from './requests/request-counter.ts';

/** Services of the pipeline. One instance per process; every member is safe for concurrent use. */
export interface Services {
  readonly database: Database;
  /** `embedded` for the PostgreSQL in the data folder, `postgres` for the one in DATABASE_URL. */
  readonly databaseKind: 'embedded' | 'postgres';
  readonly store: VideoStore;
  readonly queue: RenderQueue;
  readonly requests: RequestCounter;
  readonly logger: Logger;
}
