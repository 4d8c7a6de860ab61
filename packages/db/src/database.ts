import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import { drizzle } from './drizzle.ts';
import { createPool } from './pool.ts';

/** Runs queries: a database's `orm`, or the handle of one open transaction. */
export type Executor = PgDatabase<NodePgQueryResultHKT>;

/** An open database. */
export interface Database {
  /** Name of the database for people, without a password. */
  readonly description: string;
  /** Runs queries outside of a transaction. */
  readonly orm: Executor;
  /**
   * Runs one statement with `$1` parameters, or any number of statements without parameters.
   *
   * @throws DatabaseError
   */
  // biome-ignore lint/suspicious/noExplicitAny: the caller knows the columns of its statement.
  executeSql(text: string, values?: unknown[]): Promise<{ rows: any[] }>;
  /**
   * Runs the callback in one transaction: committed when it resolves, rolled back when it rejects, with the same error.
   *
   * @throws DatabaseError when beginning or committing fails
   */
  transaction<Result>(callback: (tx: Executor) => Promise<Result>): Promise<Result>;
  /** Collects the server's warnings while the callback runs. */
  collectWarnings<Result>(callback: () => Promise<Result>): Promise<{ result: Result; warnings: string[] }>;
  /**
   * Resolves if the database answers within five seconds.
   *
   * @throws DatabaseUnreachableError
   */
  ping(): Promise<void>;
  /** Ends all connections after the running queries. May be called twice. */
  close(): Promise<void>;
}

const PING_TIMEOUT_MS = 5_000;

/**
 * Opens a pool of connections to a PostgreSQL server and waits for its first answer. Nothing is migrated.
 *
 * @param options.url `postgres://user:password@host:port/database`
 * @param options.poolSize most connections at a time, at least 1. (Default: 10)
 * @throws DatabaseUnreachableError when the server cannot be reached or refuses the login
 */
export async function openDatabase(options: { url: string; poolSize?: number }): Promise<Database> {
  const listeners = new Set<string[]>();
  const { pool, description } = createPool(options.url, options.poolSize ?? 10, (warning) => {
    for (const warnings of listeners) warnings.push(warning);
  });
  const orm: Executor = drizzle({ client: pool });
  let closing: Promise<void> | undefined;
  const database: Database = {
    description,
    orm,
    async executeSql(text, values) {
      // Several statements in one text give an array of results.
      const result: pg.QueryResult | pg.QueryResult[] = await pool.query(text, values);
      return { rows: Array.isArray(result) ? result.flatMap(({ rows }) => rows) : result.rows };
    },
    transaction: (callback) => orm.transaction(callback),
    async collectWarnings(callback) {
      const warnings: string[] = [];
      listeners.add(warnings);
      try {
        return { result: await callback(), warnings };
      } finally {
        listeners.delete(warnings);
      }
    },
    async ping() {
      await pool.query({ text: 'select 1', query_timeout: PING_TIMEOUT_MS } as pg.QueryConfig);
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
