import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { sql } from '../src/drizzle.ts';
import { type Database, DatabaseError, openDatabase } from '../src/index.ts';
import { emptyDatabase, executeIn, freshDatabaseUrl, open, rows } from './support/databases.ts';

describe('the connection pool', () => {
  test.each([
    [
      'no server listens',
      async () => `postgres://u:p4ssw0rd@127.0.0.1:${await unusedPort()}/x`,
      'ECONNREFUSED',
    ],
    ['the host name is unknown', () => 'postgres://u:p4ssw0rd@no-such-host.invalid/x', /ENOTFOUND|EAI_AGAIN/],
    ['the password is wrong', async () => withPassword(await freshDatabaseUrl(), 'p4ssw0rd'), '28P01'],
    ['the database does not exist', async () => `${await freshDatabaseUrl()}x`, '3D000'],
    ['the URL is malformed', () => 'postgres://u:p4ssw0rd@host:port:port/x', 'INVALID_DATABASE_URL'],
  ])('fails to open with a named error without the password when %s', async (_why, url, code) => {
    const error = await openDatabase({ url: await url() }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'DatabaseUnreachableError', code: expect.stringMatching(code) });
    expect(String(error)).not.toContain('p4ssw0rd');
  });

  test('fails only running queries when the server ends every session', async () => {
    const url = await freshDatabaseUrl();
    const database = await open(url, 3);
    const admin = await open(url, 1);
    await Promise.all([1, 2, 3].map(() => database.executeSql('select pg_sleep(0.05)')));
    const endAll = () =>
      admin.executeSql(
        'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    const running = database.executeSql('select pg_sleep(60)');
    const inTransaction = database.transaction(async (tx) => {
      await executeIn(tx, 'select 1');
      await endAll();
      await executeIn(tx, 'select 1');
    });
    await expect(running).rejects.toMatchObject({ name: 'DatabaseUnreachableError', retryable: true });
    await expect(inTransaction).rejects.toMatchObject({ name: 'DatabaseUnreachableError', retryable: true });
    await database.ping();
    expect(await rows(database, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('gets the connection of a failed transaction back in a clean state', async () => {
    const database = await emptyDatabase(1);
    for (let index = 0; index < 5; index += 1) {
      await expect(
        database.transaction((tx) => executeIn(tx, 'select * from nowhere')),
      ).rejects.toMatchObject({ code: '42P01' });
    }
    const [{ pid } = {}] = await rows(database, 'select pg_backend_pid() as pid');
    await database.transaction((tx) => executeIn(tx, 'select 1'));
    expect(await rows(database, 'select pg_backend_pid() as pid')).toEqual([{ pid }]);
  });
});

describe('the database', () => {
  const countOf = async (database: Database) =>
    (await rows(database, 'select count(*)::int as n from t'))[0]?.['n'];

  test('commits a transaction when the callback resolves, and rolls back and rethrows its error', async () => {
    const database = await emptyDatabase();
    await database.executeSql('create table t (a int)');
    await database.transaction((tx) => tx.execute(sql`insert into t values (1)`));
    expect(await countOf(database)).toBe(1);
    const error = new Error('mine');
    const failed = database.transaction(async (tx) => {
      await tx.execute(sql`insert into t values (2)`);
      await executeIn(tx, 'insert into t values ($1)', [3]);
      throw error;
    });
    await expect(failed).rejects.toBe(error);
    expect(await countOf(database)).toBe(1);
  });

  test('rejects a transaction whose callback ignored a failed statement', async () => {
    const database = await emptyDatabase();
    await database.executeSql('create table t (a int)');
    const careless = database.transaction(async (tx) => {
      await tx.execute(sql`insert into t values (1)`);
      await tx.execute(sql`select * from nowhere`).catch(() => undefined);
    });
    await expect(careless).rejects.toBeInstanceOf(DatabaseError);
    expect(await countOf(database)).toBe(0);
  });

  test('rolls a nested transaction back to its savepoint', async () => {
    const database = await emptyDatabase();
    await database.executeSql('create table t (a int)');
    await database.transaction(async (tx) => {
      await tx.execute(sql`insert into t values (1)`);
      const part = tx.transaction(async (savepoint) => {
        await executeIn(savepoint, 'insert into t values (2)');
        await savepoint.execute(sql`select * from nowhere`);
      });
      await expect(part).rejects.toMatchObject({ code: '42P01' });
    });
    expect(await rows(database, 'select a from t')).toEqual([{ a: 1 }]);
  });

  test('returns the rows of single and multi-statement SQL from executeSql', async () => {
    const database = await emptyDatabase();
    expect(await database.executeSql('select 1 as a; select 2 as a, 3 as b')).toEqual({
      rows: [{ a: 1 }, { a: 2, b: 3 }],
    });
    expect(await database.executeSql('select $1::int as a', [7])).toEqual({ rows: [{ a: 7 }] });
  });

  test('rejects every query with CLOSED after close', async () => {
    const database = await emptyDatabase();
    await database.close();
    await expect(database.executeSql('select 1')).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(database.ping()).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(database.transaction(() => Promise.resolve())).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

function unusedPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 1));
    });
  });
}

function withPassword(url: string, password: string): string {
  const changed = new URL(url);
  changed.password = password;
  return changed.href;
}
