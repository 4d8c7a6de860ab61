/** The local PostgreSQL cannot run here. The message is one line that says why and what to do. */
export class LocalPostgresError extends Error {
  override readonly name = 'LocalPostgresError';

  constructor(reason: string, options?: ErrorOptions) {
    super(`${reason} Set DATABASE_URL to use another PostgreSQL server.`, options);
  }
}
