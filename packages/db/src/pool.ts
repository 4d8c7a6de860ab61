import pg from 'pg';
import { createErrorMapper } from './error-mapping.ts';
import { DatabaseError, DatabaseUnreachableError } from './errors.ts';

/** Connection timeout in milliseconds. */
const CONNECTION_TIMEOUT_MS = 10_000;

/** How a pool reports the server's warnings. */
export type WarningListener = (message: string) => void;

/**
 * Makes a pool of connections whose queries reject with errors that are safe to log. It connects at the first query.
 *
 * @param url `postgres://user:password@host:port/database`
 * @throws DatabaseUnreachableError when the URL is invalid
 */
export function createPool(
  url: string,
  poolSize: number,
  onWarning: WarningListener,
): { pool: pg.Pool; description: string } {
  const description = describe(url);
  const toDatabaseError = createErrorMapper(description);

  class SafeClient extends pg.Client {
    // The pool calls it with a callback, and maps the error itself.
    override query(...args: never[]): never {
      const result: unknown = super.query(...(args as unknown as [string]));
      return (result instanceof Promise ? this.#safely(textOf(args[0] ?? ''), result) : result) as never;
    }

    async #safely(text: string, result: Promise<pg.QueryResult>): Promise<pg.QueryResult | undefined> {
      try {
        const answer = await result;
        refuseSilentRollback(text, answer);
        return answer;
      } catch (error) {
        // The connection and its transaction are lost. The caller throws the cause.
        if (text === 'rollback') return undefined;
        throw toDatabaseError(error);
      }
    }
  }

  class SafePool extends pg.Pool {
    override query(...args: never[]): never {
      return rejectSafely(super.query(...(args as unknown as [string]))) as never;
    }

    override connect(...args: never[]): never {
      // Undefined when called with a callback, as by `query`.
      const connecting: Promise<unknown> | undefined = super.connect(...(args as unknown as []));
      return (connecting && rejectSafely(connecting)) as never;
    }
  }

  const rejectSafely = async <Value>(promise: Promise<Value>): Promise<Value> => {
    try {
      return await promise;
    } catch (error) {
      throw toDatabaseError(error);
    }
  };

  const pool = new SafePool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'defrag-video',
    Client: SafeClient,
  } as pg.PoolConfig);
  // A connection that breaks while idle is replaced at the next query; one that breaks in use rejects its query. Without a
  // listener, 'error' would end the process.
  const ignore = () => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client) => {
    client.on('error', ignore);
    client.on('notice', ({ severity, message }) => {
      if (severity === 'WARNING' && message !== undefined) onWarning(message);
    });
  });
  return { pool, description };
}

/** PostgreSQL answers COMMIT in a failed transaction with a rollback and no error. */
function refuseSilentRollback(text: string, result: pg.QueryResult): void {
  if (text !== 'commit' || result.command !== 'ROLLBACK') return;
  throw new DatabaseError('An earlier statement of the transaction failed, so it was rolled back (25P02).', {
    code: '25P02',
    retryable: false,
  });
}

function textOf(query: string | { text?: string }): string {
  return typeof query === 'string' ? query : (query.text ?? '');
}

function describe(url: string): string {
  try {
    const { host, port, database } = new pg.Client({ connectionString: url });
    return `The database ${database ?? ''} at ${host.startsWith('/') ? host : `${host}:${port}`}`;
  } catch {
    // Without a cause: the parser's own error holds the whole string, with its password.
    throw new DatabaseUnreachableError('The database URL is not a connection string of PostgreSQL.', {
      code: 'INVALID_DATABASE_URL',
      retryable: false,
    });
  }
}
