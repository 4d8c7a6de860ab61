import type { Database } from './database.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import { openPostgres } from './postgres/open-postgres.ts';

/** Most connections to a PostgreSQL server at a time, unless told otherwise. */
export const DEFAULT_POOL_SIZE = 10;

/**
 * Opens the PostgreSQL server behind `databaseUrl`, or, without one, the embedded database in `<dataDir>/database`.
 * Nothing is migrated.
 *
 * @throws DatabaseUnreachableError when the server cannot be reached or refuses the login
 * @throws DatabaseInUseError when another process has the embedded database open
 * @throws DatabaseFolderError when the folder of the embedded database cannot be used
 */
export function openDatabase(options: {
  databaseUrl?: string | undefined;
  dataDir: string;
  /** At least 1; {@link DEFAULT_POOL_SIZE} by default. Without meaning for the embedded database. */
  poolSize?: number | undefined;
}): Promise<Database> {
  return options.databaseUrl === undefined
    ? openEmbedded(options.dataDir)
    : openPostgres(options.databaseUrl, options.poolSize ?? DEFAULT_POOL_SIZE);
}
