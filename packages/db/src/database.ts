import type { DatabaseError } from './errors.ts';
import type { Executor, SqlRunner } from './executor.ts';

/** An open database, embedded or PostgreSQL. */
export interface Database extends SqlRunner {
  readonly kind: 'embedded' | 'postgres';
  /** How to name the database to people, without a password. */
  readonly description: string;
  /** Queries outside of a transaction. */
  readonly orm: Executor;
  /**
   * Runs the callback in one transaction: committed when it resolves, rolled back when it throws, and then rejecting with what
   * it threw. Inside, use the handle only: the embedded database has one connection, and a query past the handle would wait
   * for the transaction to end, so it is refused there.
   *
   * @throws DatabaseError when beginning or committing fails
   */
  transaction<Result>(callback: (tx: Executor) => Promise<Result>): Promise<Result>;
  /**
   * Calls `onNotification` with the payload of every NOTIFY on the channel, and `onReconnect` once at the start, as pg-boss wants
   * it. The embedded database alone has it: pg-boss listens to a server through connections of its own.
   *
   * @throws DatabaseError
   */
  listen?(
    channel: string,
    onNotification: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<{ close(): Promise<void> }>;
  /** Hears the server's warnings for as long as the callback runs. */
  collectWarnings<Result>(callback: () => Promise<Result>): Promise<{ result: Result; warnings: string[] }>;
  /**
   * Resolves if the database answers within five seconds.
   *
   * @throws DatabaseUnreachableError
   */
  ping(): Promise<void>;
  /** Ends all connections after the running queries, and gives the embedded database's folder free. May be called twice. */
  close(): Promise<void>;
}

/** How long a connection may take, and a ping. Milliseconds. */
export const CONNECTION_TIMEOUT_MS = 10_000;
/** See {@link Database.ping}. Milliseconds. */
export const PING_TIMEOUT_MS = 5_000;

/** Turns whatever a driver threw into an error that is safe to log. */
export type ErrorMapper = (error: unknown) => DatabaseError;
