import type { Database } from './database.ts';

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
export async function openDatabase(options: {
  databaseUrl?: string | undefined;
  dataDir: string;
  /** At least 1; {@link DEFAULT_POOL_SIZE} by default. Without meaning for the embedded database. */
  poolSize?: number | undefined;
}): Promise<Database> {
  // Only the driver that is needed is loaded: the embedded database is 50 MB of code.
  if (options.databaseUrl === undefined) {
    const { openEmbedded } = await import('./embedded/open-embedded.ts');
    return await openEmbedded(options.dataDir);
  }
  const { openPostgres } = await import('./postgres/open-postgres.ts');
  return await openPostgres(options.databaseUrl, options.poolSize ?? DEFAULT_POOL_SIZE);
}
