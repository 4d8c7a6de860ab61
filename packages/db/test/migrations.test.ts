import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Database, migrateDatabase } from '../src/index.ts';
import {
  emptyDatabase,
  freshDatabaseUrl,
  migratedDatabase,
  open,
  rows,
  runOnServer,
} from './support/databases.ts';
import { ACTUAL_COLUMNS_SQL, byName, type ColumnShape, declaredColumns } from './support/schema-of-tables.ts';

const ALL = [
  '0001_product_tables.sql',
  '0002_roles_and_access.sql',
  '0003_updated_at.sql',
  '0004_video_columns.sql',
  '0005_render_tables.sql',
  '0006_list_indexes.sql',
  '0007_operations_tables.sql',
  '0008_lambda_renders.sql',
];
const PRODUCT_TABLES = [
  'profiles',
  'connections',
  'friction_events',
  'asset_cache_public',
  'asset_cache_private',
];

async function existingProduct(database: Database): Promise<void> {
  await database.executeSql(
    await readFile(new URL('./fixtures/existing-product.sql', import.meta.url), 'utf8'),
  );
}

/** All rows of the product's tables, without the columns that the video phase adds. */
async function productRows(database: Database): Promise<unknown> {
  const tables: Record<string, unknown> = {};
  for (const table of PRODUCT_TABLES) {
    tables[table] = await rows(
      database,
      `select to_jsonb(t) - array['duration_ms', 'fps', 'renderer_version', 'motion_profile'] as row from ${table} t order by 1`,
    );
  }
  return tables;
}

/** Names of all objects that a migration could create twice. */
async function objects(database: Database): Promise<string[]> {
  const found = await rows(
    database,
    `select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as name
       from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
     union all select 'policy ' || tablename || ' ' || policyname from pg_policies
     union all select 'trigger ' || tgrelid::regclass || ' ' || tgname from pg_trigger where not tgisinternal
     union all select 'index ' || indexname from pg_indexes where schemaname = 'public'
     order by 1`,
  );
  return found.map(({ name }) => String(name));
}

describe('migrations', () => {
  test('create all objects in an empty database, and none in a second run', async () => {
    const database = await emptyDatabase();
    const first = await migrateDatabase(database);
    expect(first).toEqual({ applied: ALL, warnings: [] });
    const before = await objects(database);
    expect(await migrateDatabase(database)).toEqual({ applied: [], warnings: [] });
    expect(await objects(database)).toEqual(before);
  });

  test('create the tables that the code declares', async () => {
    const database = await migratedDatabase();
    const actual = (await rows(database, ACTUAL_COLUMNS_SQL)) as unknown as ColumnShape[];
    expect(actual.sort(byName)).toEqual(declaredColumns());
  });

  test('keep every row of an existing product database and add missing objects', async () => {
    const database = await emptyDatabase();
    await existingProduct(database);
    const before = await productRows(database);
    expect(await migrateDatabase(database)).toEqual({ applied: ALL, warnings: [] });
    expect(await productRows(database)).toEqual(before);
    const actual = (await rows(database, ACTUAL_COLUMNS_SQL)) as unknown as ColumnShape[];
    expect(actual.sort(byName)).toEqual(declaredColumns());
  });

  test('keep constraints, policies and triggers that the product named differently', async () => {
    const database = await emptyDatabase();
    await existingProduct(database);
    const before = await objects(database);
    await migrateDatabase(database);
    const added = (await objects(database)).filter((name) => !before.includes(name));
    expect(
      added.filter(
        (name) =>
          !/ (public\.)?(video_details|video_request_hours|render_jobs|render_workers|lambda_renders|backfill|defrag_migrations)/.test(
            name,
          ),
      ),
    ).toEqual([
      'index asset_cache_public_videos_index',
      'index friction_events_created_at_index',
      'index friction_events_event_date_index',
      'index friction_events_friction_score_index',
      'index friction_events_pressure_score_index',
      // The only table without such a trigger.
      'trigger asset_cache_private defrag_touch_updated_at',
    ]);
    expect(await objects(database)).toEqual(expect.arrayContaining(before));
  });

  test('can be reapplied when the record of applied migrations is lost', async () => {
    const database = await emptyDatabase();
    await existingProduct(database);
    await migrateDatabase(database);
    const before = { rows: await productRows(database), objects: await objects(database) };
    await database.executeSql('delete from defrag_migrations');
    expect(await migrateDatabase(database)).toEqual({ applied: ALL, warnings: [] });
    expect({ rows: await productRows(database), objects: await objects(database) }).toEqual(before);
  });

  test('complete a product database that lacks a table, a constraint or a column of the video phase', async () => {
    const database = await emptyDatabase();
    await existingProduct(database);
    await database.executeSql(`
      drop table friction_events;
      alter table asset_cache_private drop constraint acpr_public, add column fps int;
      alter table asset_cache_public drop constraint acp_status;
      insert into asset_cache_private (hash, canonical, user_class, target_class, pressure_bucket, fidelity_bucket,
        friction_bracket10, asset_version) values ('orphan', '{}', 'A', 'B', 'LOW', 'LOW', 0, 'v0');
      insert into asset_cache_public (hash, type, status) values ('odd', 'STILL', 'ODD');
    `);
    await migrateDatabase(database);
    expect(await rows(database, 'select status from asset_cache_public where hash = $1', ['odd'])).toEqual([
      { status: 'ODD' },
    ]);
    expect(await rows(database, 'select fps from asset_cache_private where hash = $1', ['orphan'])).toEqual([
      { fps: null },
    ]);
    await expect(
      database.executeSql(
        "insert into asset_cache_public (hash, type, status) values ('odd-2', 'STILL', 'ODD')",
      ),
    ).rejects.toMatchObject({ code: '23514' });
    expect(await rows(database, 'select count(*)::int as events from friction_events')).toEqual([
      { events: 0 },
    ]);
  });

  test('fail when an applied file has changed', async () => {
    const database = await migratedDatabase();
    await database.executeSql(
      "update defrag_migrations set checksum = 'other' where name = '0003_updated_at.sql'",
    );
    const changed = { name: 'MigrationError', code: 'CHECKSUM_CHANGED', migration: '0003_updated_at.sql' };
    await expect(migrateDatabase(database)).rejects.toMatchObject(changed);
  });

  test('roll back a failing migration completely', async () => {
    const database = await emptyDatabase();
    await database.executeSql('create view video_details as select 1 as hash');
    await expect(migrateDatabase(database)).rejects.toMatchObject({
      name: 'MigrationError',
      migration: '0005_render_tables.sql',
    });
    expect(await rows(database, "select to_regclass('public.render_jobs') as found")).toEqual([
      { found: null },
    ]);
    await database.executeSql('drop view video_details');
    expect((await migrateDatabase(database)).applied).toEqual(ALL.slice(4));
  });
});

describe('migrations on a PostgreSQL server', () => {
  test('are applied once when many processes start concurrently', async () => {
    const databaseUrl = await freshDatabaseUrl();
    const processes = await Promise.all(Array.from({ length: 8 }, () => open(databaseUrl, 1)));
    const reports = await Promise.all(processes.map((database) => migrateDatabase(database)));
    expect(reports.flatMap(({ applied }) => applied).sort()).toEqual(ALL);
  });

  test('warn and continue when the role may create neither roles nor schemas', async () => {
    const databaseUrl = await freshDatabaseUrl();
    const url = new URL(databaseUrl);
    const role = `owner_${url.pathname.slice(-12)}`;
    await runOnServer(`create role ${role} login password 'secret' nosuperuser nocreaterole nocreatedb`);
    const admin = await open(databaseUrl);
    await admin.executeSql(`grant create on schema public to ${role}`);
    url.username = role;
    url.password = 'secret';
    const database = await open(url.href);
    const { applied, warnings } = await migrateDatabase(database);
    expect(applied).toEqual(ALL);
    expect(warnings).toContainEqual(expect.stringContaining('auth.uid() is missing'));
    // The owner sees the rows of its tables, although it is neither superuser nor bypasses row-level security.
    await database.executeSql(
      "insert into asset_cache_public (hash, type, status) values ('a', 'STILL', 'READY')",
    );
    expect(await rows(database, 'select hash from asset_cache_public')).toEqual([{ hash: 'a' }]);
    await database.close();
    await admin.executeSql(`drop owned by ${role}`);
    await runOnServer(`drop role ${role}`);
  });

  test('report a role for which row-level security hides the tables', async () => {
    const databaseUrl = await freshDatabaseUrl();
    const admin = await open(databaseUrl);
    await migrateDatabase(admin);
    const url = new URL(databaseUrl);
    const role = `stranger_${url.pathname.slice(-12)}`;
    await runOnServer(`create role ${role} login password 'secret'`);
    await admin.executeSql(
      `grant select, insert on all tables in schema public to ${role}; grant create on schema public to ${role}`,
    );
    url.username = role;
    url.password = 'secret';
    const database = await open(url.href);
    await expect(migrateDatabase(database)).rejects.toMatchObject({
      code: '42501',
      message: expect.stringContaining('asset_cache_private'),
    });
    await database.close();
    await admin.executeSql(`drop owned by ${role}`);
    await runOnServer(`drop role ${role}`);
  });
});
