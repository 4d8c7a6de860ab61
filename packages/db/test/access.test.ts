import { readFile } from 'node:fs/promises';
import { RENDERER_VERSION } from '@defrag/core';
import { describe, expect, test } from 'vitest';
import {
  addVideoRequests,
  beginLambdaRender,
  createBackfill,
  type Database,
  type Executor,
  migrateDatabase,
  recordWorkerHeartbeat,
} from '../src/index.ts';
import { emptyDatabase, executeIn, rows } from './support/databases.ts';
import { fileFacts, queueFor, WORKER, writeEvent } from './support/renders.ts';

const OWNER = '10000000-0000-4000-8000-000000000001';
const STRANGER = '10000000-0000-4000-8000-0000000000ff';
const PRIVATE_TABLES = [
  'asset_cache_private',
  'video_details',
  'render_jobs',
  'lambda_renders',
  'render_workers',
  'video_request_hours',
  'backfills',
  'backfill_items',
  'defrag_migrations',
];
const OUTSIDERS = ['anon', 'authenticated'];

/** An existing product database with the wide grants of Supabase, or one that the migrations created. */
async function databaseWithRows(origin: 'new' | 'existing'): Promise<Database> {
  const database = await emptyDatabase();
  if (origin === 'existing') {
    await database.executeSql(
      await readFile(new URL('./fixtures/existing-product.sql', import.meta.url), 'utf8'),
    );
  }
  await migrateDatabase(database);
  const owned =
    origin === 'existing'
      ? { userId: OWNER, connectionId: '20000000-0000-4000-8000-000000000001', eventDate: '2025-05-05' }
      : { userId: OWNER };
  const event = await writeEvent(database.orm, owned);
  const { jobId } = await queueFor(database, event);
  await beginLambdaRender(database.orm, {
    jobId,
    objectKeyOf: (id) => id,
    slots: 1,
    budget: 1,
    lifetimeSeconds: 60,
  });
  await recordWorkerHeartbeat(database.orm, WORKER);
  await addVideoRequests(database.orm, { hits: 1, misses: 0, forced: 0 });
  const backfill = { durationMs: 6_000, rendererVersion: RENDERER_VERSION, concurrency: 1 };
  await database.transaction((tx) => createBackfill(tx, backfill));
  return database;
}

/** Runs statements as a role, in a transaction that is rolled back. */
async function as<Result>(
  database: Database,
  role: string,
  callback: (tx: Executor) => Promise<Result>,
): Promise<Result> {
  const rollback = new Error('rolled back on purpose');
  let result: { value: Result } | undefined;
  await database
    .transaction(async (tx) => {
      await executeIn(tx, `set local role ${role}`);
      result = { value: await callback(tx) };
      throw rollback;
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
  if (result === undefined) throw new Error('the callback did not end');
  return result.value;
}

const run = (database: Database, role: string, text: string) =>
  as(database, role, async (tx) => (await executeIn(tx, text)).rows);

const REFUSED = { code: '42501' };

describe('access', () => {
  describe.each(['new', 'existing'] as const)('to a database with %s tables', (origin) => {
    test('roles without access cannot select, insert, update, delete or truncate a private table', async () => {
      const database = await databaseWithRows(origin);
      for (const role of OUTSIDERS) {
        for (const table of PRIVATE_TABLES) {
          for (const statement of [
            `select * from ${table}`,
            `select count(*) from ${table}`,
            `insert into ${table} select * from ${table}`,
            `insert into ${table} default values`,
            `update ${table} set created_at = now()`.replace(
              'created_at',
              table === 'defrag_migrations' ? 'applied_at' : 'created_at',
            ),
            `delete from ${table}`,
            `truncate ${table}`,
          ]) {
            await expect(run(database, role, statement), `${role}: ${statement}`).rejects.toMatchObject(
              REFUSED,
            );
          }
        }
      }
    });

    test('authenticated can read but not change the public cache; anon sees no rows', async () => {
      const database = await databaseWithRows(origin);
      const all = await rows(database, 'select hash from asset_cache_public order by hash');
      expect(
        await run(database, 'authenticated', 'select hash from asset_cache_public order by hash'),
      ).toEqual(all);
      for (const role of OUTSIDERS) {
        for (const statement of [
          "insert into asset_cache_public (hash, type, status) values ('forged', 'VIDEO', 'READY')",
          "update asset_cache_public set url = 'https://forged.example'",
          'delete from asset_cache_public',
          'truncate asset_cache_public cascade',
        ]) {
          await expect(run(database, role, statement), `${role}: ${statement}`).rejects.toMatchObject(
            REFUSED,
          );
        }
      }
      const seenByAnon = await run(database, 'anon', 'select hash from asset_cache_public').catch(
        (error: { code?: string }) => error.code,
      );
      expect(seenByAnon).toEqual(origin === 'existing' ? [] : REFUSED.code);
    });

    test('owners see their own friction events, other users none', async () => {
      const database = await databaseWithRows(origin);
      const mine = await rows(database, 'select id from friction_events where user_id = $1 order by id', [
        OWNER,
      ]);
      const seenBy = (sub: string | undefined, role = 'authenticated') =>
        as(database, role, async (tx) => {
          const execute = (text: string, values?: unknown[]) => executeIn(tx, text, values);
          if (sub !== undefined) {
            await execute("select set_config('request.jwt.claims', $1, true)", [JSON.stringify({ sub })]);
          }
          return (await execute('select id from friction_events order by id')).rows;
        });
      expect(mine.length).toBeGreaterThan(0);
      expect(await seenBy(OWNER)).toEqual(mine);
      expect(await seenBy(STRANGER)).toEqual([]);
      expect(await seenBy(undefined)).toEqual([]);
    });

    test('service_role reads and writes every table', async () => {
      const database = await databaseWithRows(origin);
      await as(database, 'service_role', async (tx) => {
        const execute = (text: string, values?: unknown[]) => executeIn(tx, text, values);
        for (const table of ['friction_events', 'asset_cache_public', ...PRIVATE_TABLES]) {
          expect((await execute(`select * from ${table}`)).rows.length, table).toBeGreaterThan(0);
        }
        const event = await writeEvent(tx, {
          userId: OWNER,
          connectionId: '20000000-0000-4000-8000-000000000001',
          eventDate: '2025-06-06',
        });
        expect(event.primaryGate).toBe('NONE');
        await execute('delete from asset_cache_public');
      });
    });
  });

  test('auth.uid() reads the subject from the older and the newer setting', async () => {
    const database = await emptyDatabase();
    await migrateDatabase(database);
    const uid = (name: string, value: string) =>
      as(database, 'authenticated', async (tx) => {
        const execute = (text: string, values?: unknown[]) => executeIn(tx, text, values);
        await execute('select set_config($1, $2, true)', [name, value]);
        return (await execute('select auth.uid() as uid')).rows[0].uid;
      });
    expect(await uid('request.jwt.claim.sub', OWNER)).toBe(OWNER);
    expect(await uid('request.jwt.claims', JSON.stringify({ sub: OWNER }))).toBe(OWNER);
    expect(await uid('request.jwt.claims', '')).toBeNull();
    expect(await uid('request.jwt.claims', '{}')).toBeNull();
  });

  test('the public row of a finished video has no private values', async () => {
    const database = await databaseWithRows('new');
    const event = await writeEvent(database.orm, { userId: OWNER, eventDate: '2025-07-07' });
    const render = await queueFor(database, event);
    fileFacts(render);
    const [row] = await run(
      database,
      'authenticated',
      `select * from asset_cache_public where hash = '${render.hash}'`,
    );
    expect(Object.keys(row).sort()).toEqual([
      'created_at',
      'duration_seconds',
      'hash',
      'height',
      'status',
      'type',
      'updated_at',
      'url',
      'width',
    ]);
  });
});
