import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { CONNECTION_TIMEOUT_MS, type Database, PING_TIMEOUT_MS } from '../database.ts';
import { loadNodePostgresDriver } from '../drizzle.ts';
import { createErrorMapper } from '../error-mapping.ts';
import { DatabaseError, DatabaseUnreachableError } from '../errors.ts';
import { type Executor, registerSqlRunner, type SqlRunner, type TransactionHandle } from '../executor.ts';
import { guardQueries, runTransaction } from '../guard.ts';
import { createWarnings } from '../warnings.ts';

/**
 * Opens a pool of connections to a PostgreSQL server and waits for its first answer.
 *
 * @param databaseUrl a connection string, `postgres://user:password@host:port/database`
 * @param poolSize most connections at a time, at least 1
 * @throws DatabaseUnreachableError
 */
export async function openPostgres(databaseUrl: string, poolSize: number): Promise<Database> {
  const { pool, description } = createPool(databaseUrl, poolSize);
  const toDatabaseError = createErrorMapper(description);
  const warnings = createWarnings();

  // A connection that breaks while idle is replaced at the next query, and one that breaks in use rejects its query: neither
  // may end the process, which an unheard 'error' event would.
  const ignore = () => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client) => {
    client.on('error', ignore);
    client.on('notice', warnings.hear);
  });

  const runnerOf = (client: pg.Pool | pg.PoolClient): SqlRunner => ({
    async executeSql(text, values) {
      try {
        // Several statements in one text give an array of results.
        const result: pg.QueryResult | pg.QueryResult[] = await client.query(text, values);
        return { rows: Array.isArray(result) ? result.flatMap(({ rows }) => rows) : result.rows };
      } catch (error) {
        throw toDatabaseError(error);
      }
    },
  });

  const { drizzle } = loadNodePostgresDriver();
  const orm = drizzle({ client: pool }) as unknown as Executor;
  guardQueries(orm, toDatabaseError);
  const runner = runnerOf(pool);
  registerSqlRunner(orm, runner);

  orm._.session.transaction = async <Result>(
    callback: (tx: TransactionHandle) => Promise<Result>,
    config?: PgTransactionConfig,
  ): Promise<Result> => {
    const client = await pool.connect().catch((error: unknown) => {
      throw toDatabaseError(error);
    });
    let broken = true;
    try {
      const pinned = drizzle({ client }) as unknown as Executor;
      guardQueries(pinned, toDatabaseError, { after: refuseSilentRollback });
      registerSqlRunner(pinned, runnerOf(client));
      const result = await runTransaction<Result>(
        (run) => pinned._.session.transaction(run, config),
        callback,
        toDatabaseError,
      );
      broken = false;
      return result;
    } finally {
      // Idle ('I') again: rolled back properly, so the connection is as good as new.
      client.release(broken && client.getTransactionStatus() !== 'I');
    }
  };

  let closing: Promise<void> | undefined;
  const database: Database = {
    kind: 'postgres',
    description,
    orm,
    executeSql: runner.executeSql,
    transaction: (callback) => orm.transaction(callback),
    collectWarnings: warnings.collect,
    async ping() {
      try {
        await pool.query({ text: 'select 1', query_timeout: PING_TIMEOUT_MS } as pg.QueryConfig);
      } catch (error) {
        throw toDatabaseError(error);
      }
    },
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
  try {
    await database.ping();
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** PostgreSQL answers COMMIT in a failed transaction with a rollback and no error; the caller must hear of it. */
function refuseSilentRollback(text: string, result: unknown): void {
  if (text !== 'commit' || (result as pg.QueryResult).command !== 'ROLLBACK') return;
  throw new DatabaseError('A statement of the transaction failed before, so it was rolled back (25P02).', {
    code: '25P02',
    retryable: false,
  });
}

function createPool(databaseUrl: string, poolSize: number): { pool: pg.Pool; description: string } {
  try {
    const { host, port, database } = new pg.Client({ connectionString: databaseUrl });
    const pool = new pg.Pool({
      connectionString: databaseUrl,
      max: poolSize,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'defrag-video',
    });
    return { pool, description: `The database ${database ?? ''} at ${host}:${port}` };
  } catch {
    // Without a cause: the parser's own error holds the whole string, with its password.
    throw new DatabaseUnreachableError('The database URL is not a connection string of PostgreSQL.', {
      code: 'INVALID_DATABASE_URL',
      retryable: false,
    });
  }
}
