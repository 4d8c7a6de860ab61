import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { sql } from '../src/drizzle.ts';
import { createErrorMapper } from '../src/error-mapping.ts';
import { type Database, DatabaseError, findFrictionEvent, queueRender } from '../src/index.ts';
import { executeIn, migratedDatabase } from './support/databases.ts';
import { requestFor, writeEvent } from './support/renders.ts';

const SECRET = 'SECRET-CURVE-0123456789';

/** All text of an error that a log or a response could contain. */
function everythingSaidOf(error: unknown): string {
  const lines: string[] = [];
  const log = pino(
    { level: 'trace' },
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  log.error({ err: error }, 'failed');
  log.error({ error }, 'failed');
  log.error(error);
  return [
    String(error),
    (error as Error).stack,
    JSON.stringify(error),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    inspect(error, { depth: 10, showHidden: true }),
    ...lines,
  ].join('\n');
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('nothing was refused');
    },
    (error: unknown) => error,
  );
}

function expectNothingSaid(error: unknown): void {
  const said = everythingSaidOf(error);
  expect(said).not.toContain(SECRET);
  expect(said).not.toMatch(/insert into|select .* from|values \(|params:|failing row/i);
}

const secretRequest = async (database: Database) =>
  requestFor(await writeEvent(database.orm), { motionProfile: { curves: [SECRET, 1, 2, 3] } });

describe('database errors', () => {
  test('of a rejected private row contain neither its motion profile nor the statement', async () => {
    const database = await migratedDatabase();
    const request = await secretRequest(database);
    const refused = {
      ...request,
      frictionEvent: { ...request.frictionEvent, fidelityBucket: 'BOGUS' as never },
    };
    const error = await errorOf(database.transaction((tx) => queueRender(tx, refused)));
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).toMatchObject({
      code: '23514',
      retryable: false,
      constraint: 'asset_cache_private_fidelity_bucket_check',
      table: 'asset_cache_private',
    });
    expect((error as Error).message).toBe(
      'The database refused a statement: a check constraint is violated (23514, constraint ' +
        'asset_cache_private_fidelity_bucket_check, table asset_cache_private).',
    );
    expectNothingSaid(error);
  });

  test('contain neither the text nor the values of a statement, however it is run', async () => {
    const database = await migratedDatabase();
    const broken = `select '${SECRET}' from nowhere`;
    const value = 'select $1::uuid';
    const { orm } = database;
    const calls: (() => PromiseLike<unknown>)[] = [
      () => database.executeSql(broken),
      () => database.executeSql(`begin; ${broken}; commit`),
      () => database.executeSql(value, [SECRET]),
      () => orm.execute(sql.raw(broken)),
      () => orm.execute(sql`select ${SECRET}::uuid`),
      () => findFrictionEvent(orm, SECRET),
      () => database.transaction((tx) => tx.execute(sql.raw(broken))),
      () => database.transaction((tx) => executeIn(tx, value, [SECRET])),
      () => database.transaction((tx) => tx.transaction((savepoint) => savepoint.execute(sql.raw(broken)))),
      () => orm.transaction((tx) => findFrictionEvent(tx, SECRET)),
      () => orm.$count(sql.raw(`nowhere /* ${SECRET} */`) as never),
      () => writeEvent(orm, { provenanceHash: `${SECRET}\0` }),
      () => writeEvent(orm, { fidelityBucket: SECRET as never }),
    ];
    for (const call of calls) {
      const error = await errorOf(Promise.resolve().then(call));
      expect(error, String(call)).toBeInstanceOf(DatabaseError);
      expect((error as DatabaseError).cause).toBeUndefined();
      expectNothingSaid(error);
    }
  });

  test('of unique violations and failed commits name the constraint, not the value', async () => {
    const database = await migratedDatabase();
    await database.executeSql(`
      create table parents (id text primary key);
      create table children (parent text constraint child_of references parents deferrable initially deferred);
    `);
    await database.executeSql('insert into parents values ($1)', [SECRET]);
    const duplicate = await errorOf(database.executeSql('insert into parents values ($1)', [SECRET]));
    expect(duplicate).toMatchObject({ code: '23505', constraint: 'parents_pkey' });
    const atCommit = await errorOf(
      database.transaction((tx) => executeIn(tx, 'insert into children values ($1)', [`${SECRET}-2`])),
    );
    expect(atCommit).toMatchObject({ code: '23503', constraint: 'child_of' });
    for (const error of [duplicate, atCommit]) expectNothingSaid(error);
  });

  test('include the querying file in their stack', async () => {
    const database = await migratedDatabase();
    const error = await errorOf(findFrictionEvent(database.orm, 'no uuid'));
    expect((error as Error).stack).toContain('friction-events.ts');
  });
});

describe('the error mapper', () => {
  const map = createErrorMapper('The database x at y:1');

  test('marks transient errors retryable, permanent ones not', () => {
    const retryable = (code: string) =>
      map(Object.assign(new Error(SECRET), { code, severity: 'ERROR' })).retryable;
    for (const code of ['40001', '40P01', '55P03', '53300', '57P01', '08006'])
      expect(retryable(code)).toBe(true);
    for (const code of ['23505', '42P01', '22P02', '28P01', '3D000', 'XX000'])
      expect(retryable(code)).toBe(false);
  });

  test('recognizes lost connections in any wrapper error', () => {
    const refused = Object.assign(new Error(`connect ECONNREFUSED ${SECRET}`), { code: 'ECONNREFUSED' });
    for (const error of [
      refused,
      new AggregateError([refused, refused], SECRET),
      new Error('wrapped', { cause: new AggregateError([refused], SECRET) }),
      new Error('Connection terminated unexpectedly'),
    ]) {
      const mapped = map(error);
      expect(mapped).toMatchObject({ name: 'DatabaseUnreachableError', retryable: true });
      expectNothingSaid(mapped);
    }
  });

  test('maps any thrown value to a safe error', () => {
    for (const thrown of [SECRET, null, undefined, 7, { message: SECRET }, new TypeError(SECRET)]) {
      const mapped = map(thrown);
      expect(mapped).toMatchObject({ code: 'UNKNOWN', retryable: false });
      expectNothingSaid(mapped);
    }
  });
});
