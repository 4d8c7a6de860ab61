import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** The shape that both drivers give the result of a raw statement. */
export interface RowsResult<Row> {
  rows: Row[];
}

/** {@link RowsResult} as drizzle's types want it. */
export interface RowsResultHkt extends PgQueryResultHKT {
  type: RowsResult<this['row']>;
}

/** Runs queries: a database's `orm`, or the handle of one open transaction. Both drivers look alike through it. */
export type Executor = PgDatabase<RowsResultHkt>;

/** The handle of one open transaction. Its own `transaction` makes a savepoint. */
export type TransactionHandle = Parameters<Parameters<Executor['transaction']>[0]>[0];

/** Runs raw SQL; what pg-boss takes as its `db` option. */
export interface SqlRunner {
  /**
   * Runs one statement with `$1` parameters, or any number of statements without parameters.
   *
   * @throws DatabaseError
   */
  // biome-ignore lint/suspicious/noExplicitAny: pg-boss asks for exactly this shape, whatever the rows hold.
  executeSql(text: string, values?: unknown[]): Promise<{ rows: any[] }>;
}

const runners = new WeakMap<object, SqlRunner>();

/** Remembers how raw SQL reaches the session behind an executor. For the two openers. */
export function registerSqlRunner(executor: Executor, runner: SqlRunner): void {
  runners.set(executor._.session, runner);
}

/**
 * Raw SQL on the very session of an executor: in a transaction's handle, inside that transaction. So a job of pg-boss can be
 * written together with our own rows: `boss.send(name, data, { db: executeSqlWith(tx) })`.
 */
export function executeSqlWith(executor: Executor): SqlRunner {
  const runner = runners.get(executor._.session);
  if (runner === undefined) throw new TypeError('the executor does not come from openDatabase');
  return runner;
}
