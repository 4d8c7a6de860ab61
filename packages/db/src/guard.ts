import type { Query } from 'drizzle-orm';
import type { DatabaseError } from './errors.ts';
import type { Executor, TransactionHandle } from './executor.ts';

const guarded = new WeakSet<object>();

/**
 * Makes every query of a session reject with errors that are safe to log: drizzle wraps each failure in an error whose message
 * holds the query and its parameters, and that error ends here.
 *
 * @param hooks.before runs first at each query; what it throws, the query throws
 * @param hooks.after gets the text of each query and what the driver made of it; what it throws, the query throws
 */
export function guardQueries(
  executor: Executor,
  toDatabaseError: (error: unknown) => DatabaseError,
  hooks: { before?: () => void; after?: (text: string, result: unknown) => void } = {},
): void {
  const session = executor._.session;
  if (guarded.has(session)) return;
  guarded.add(session);
  const prepareQuery = session.prepareQuery.bind(session) as unknown as PrepareQuery;
  const guard =
    <Args extends unknown[]>(text: string, run: (...args: Args) => Promise<unknown>) =>
    async (...args: Args): Promise<unknown> => {
      hooks.before?.();
      try {
        const result = await run(...args);
        hooks.after?.(text, result);
        return result;
      } catch (error) {
        throw toDatabaseError(error);
      }
    };
  Object.assign(session, {
    prepareQuery: (query: Query, ...args: unknown[]): Prepared => {
      const prepared = prepareQuery(query, ...args);
      prepared.execute = guard(query.sql, prepared.execute.bind(prepared));
      prepared.all = guard(query.sql, prepared.all.bind(prepared));
      return prepared;
    },
  });
}

/** The two ways in which drizzle 0.45 runs a prepared query; `all` is missing from its public types. */
interface Prepared {
  execute(values?: Record<string, unknown>): Promise<unknown>;
  all(values?: Record<string, unknown>): Promise<unknown>;
}

type PrepareQuery = (query: Query, ...args: unknown[]) => Prepared;

/**
 * Runs a transaction so that what the callback throws comes out unchanged, even if rolling back fails too, and what begin and
 * commit throw is safe to log.
 */
export async function runTransaction<Result>(
  begin: (run: (tx: TransactionHandle) => Promise<Result>) => Promise<Result>,
  callback: (tx: TransactionHandle) => Promise<Result>,
  toDatabaseError: (error: unknown) => DatabaseError,
): Promise<Result> {
  let thrown: { error: unknown } | undefined;
  try {
    return await begin(async (tx) => {
      try {
        return await callback(tx);
      } catch (error) {
        thrown = { error };
        throw error;
      }
    });
  } catch (error) {
    throw thrown ? thrown.error : toDatabaseError(error);
  }
}
