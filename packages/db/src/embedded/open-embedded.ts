import { AsyncLocalStorage } from 'node:async_hooks';
import { join, resolve } from 'node:path';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import { type Database, PING_TIMEOUT_MS } from '../database.ts';
import { loadPgliteDriver } from '../drizzle.ts';
import { createErrorMapper } from '../error-mapping.ts';
import { DatabaseError, DatabaseFolderError, DatabaseUnreachableError } from '../errors.ts';
import { type Executor, registerSqlRunner, type SqlRunner, type TransactionHandle } from '../executor.ts';
import { guardQueries, runTransaction } from '../guard.ts';
import { createWarnings } from '../warnings.ts';
import { createDatabaseFolder } from './create-database-folder.ts';
import { lockFolder } from './folder-lock.ts';
import { startPglite } from './start-pglite.ts';

/**
 * Opens the database that runs inside this process, in the folder `database` of the data folder; creates it when missing.
 *
 * @throws DatabaseInUseError when a process has it open
 * @throws DatabaseFolderError when the folder cannot be written or does not hold such a database
 */
export async function openEmbedded(dataDir: string): Promise<Database> {
  const folder = join(resolve(dataDir), 'database');
  const lock = await lockFolder(resolve(dataDir));
  let pglite: PGlite;
  try {
    await createDatabaseFolder(folder);
    pglite = await startPglite(folder);
  } catch (error) {
    lock.release();
    const code = (error as { code?: unknown } | null)?.code;
    throw new DatabaseFolderError(folder, {
      code: typeof code === 'string' ? code : 'UNKNOWN',
      cause: error,
    });
  }

  const description = `The embedded database in ${folder}`;
  const toDatabaseError = createErrorMapper(description);
  const warnings = createWarnings();
  const onNotice = warnings.hear;

  /** Marks everything that runs inside a transaction's callback, for as long as the transaction is open. */
  const insideTransaction = new AsyncLocalStorage<{ open: boolean }>();
  const refuseInsideTransaction = () => {
    if (insideTransaction.getStore()?.open !== true) return;
    throw new DatabaseError(
      'Inside a transaction of the embedded database, use the handle of the transaction: it has one connection.',
      { code: 'OUTSIDE_OF_TRANSACTION', retryable: false },
    );
  };

  const runnerOf = (client: PGlite | Transaction): SqlRunner => ({
    async executeSql(text, values) {
      try {
        if (values !== undefined && values.length > 0) {
          return { rows: (await client.query(text, values, { onNotice })).rows };
        }
        // Statements that open a transaction of their own, as pg-boss has them, must not be left open for the next query
        // when one of them fails: inside a transaction of the driver, that one is rolled back before anybody else's turn.
        const ownTransaction = client === pglite && /^\s*begin\b/im.test(text);
        const results = ownTransaction
          ? await pglite.transaction((tx) => tx.exec(text, { onNotice }))
          : await client.exec(text, { onNotice });
        return { rows: results.flatMap((result) => result.rows) };
      } catch (error) {
        throw toDatabaseError(error);
      }
    },
  });

  const { drizzle } = loadPgliteDriver();
  const orm = drizzle({ client: pglite }) as unknown as Executor;
  guardQueries(orm, toDatabaseError, { before: refuseInsideTransaction });
  const outerRunner = runnerOf(pglite);
  const executeSql: SqlRunner['executeSql'] = async (text, values) => {
    refuseInsideTransaction();
    return await outerRunner.executeSql(text, values);
  };
  registerSqlRunner(orm, { executeSql });

  const session = orm._.session;
  const begin = session.transaction.bind(session);
  session.transaction = async <Result>(
    callback: (tx: TransactionHandle) => Promise<Result>,
    config?: PgTransactionConfig,
  ): Promise<Result> => {
    refuseInsideTransaction();
    const mark = { open: true };
    try {
      return await runTransaction(
        (run) => begin(run, config),
        (tx) => {
          guardQueries(tx, toDatabaseError);
          registerSqlRunner(tx, runnerOf((tx._.session as unknown as { client: Transaction }).client));
          // Awaited inside the mark: drizzle's queries run only when somebody waits for them.
          return insideTransaction.run(mark, async () => await callback(tx));
        },
        toDatabaseError,
      );
    } finally {
      mark.open = false;
    }
  };

  let closing: Promise<void> | undefined;
  return {
    kind: 'embedded',
    description,
    orm,
    executeSql,
    transaction: (callback) => orm.transaction(callback),
    async listen(channel, onNotification, onReconnect) {
      try {
        const unlisten = await pglite.listen(channel, onNotification);
        onReconnect();
        return { close: () => unlisten() };
      } catch (error) {
        throw toDatabaseError(error);
      }
    },
    collectWarnings: warnings.collect,
    async ping() {
      const timeout = AbortSignal.timeout(PING_TIMEOUT_MS);
      const late = new Promise<never>((_, reject) => {
        timeout.addEventListener('abort', () => {
          reject(
            new DatabaseUnreachableError(`${description} does not answer.`, {
              code: 'ETIMEDOUT',
              retryable: true,
            }),
          );
        });
      });
      await Promise.race([outerRunner.executeSql('select 1'), late]);
    },
    close: () => {
      closing ??= pglite.close().finally(() => lock.release());
      return closing;
    },
  };
}
