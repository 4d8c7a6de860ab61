import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sql } from '../src/drizzle.ts';
import { makePrivate } from '../src/embedded/make-private.ts';
import {
  type Database,
  DatabaseError,
  DatabaseFolderError,
  DatabaseInUseError,
  executeSqlWith,
  openDatabase,
} from '../src/index.ts';
import {
  emptyDatabase,
  emptyFolder,
  freshDatabaseUrl,
  freshDataDir,
  KINDS,
  open,
  rows,
} from './support/databases.ts';

const HOLDER = fileURLToPath(new URL('./support/hold-database-process.ts', import.meta.url));

/** Another process that has a data folder's database open and writes numbers into it; resolves at its first number. */
async function otherProcess(dataDir: string) {
  const child = spawn(process.execPath, [HOLDER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const written: number[] = [];
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => written.push(Number(line)));
  await once(lines, 'line');
  return {
    pid: child.pid,
    written,
    async kill() {
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

describe('the embedded database', () => {
  test('belongs to one process at a time, and says to which', async () => {
    const dataDir = await freshDataDir();
    const holder = await otherProcess(dataDir);
    try {
      const error = await openDatabase({ dataDir }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DatabaseInUseError);
      expect(error).toMatchObject({ code: 'DATABASE_IN_USE', pid: holder.pid });
      expect(String(error)).toMatch(`is in use by process ${holder.pid} since 20`);
    } finally {
      await holder.kill();
    }
  });

  test('is free at once after its process was killed, with everything that was written', async () => {
    const dataDir = await freshDataDir();
    const holder = await otherProcess(dataDir);
    await holder.kill();
    const database = await open({ dataDir });
    const found = (await rows(database, 'select n from numbers order by n')).map(({ n }) => n);
    expect(holder.written.length).toBeGreaterThan(0);
    expect(found).toEqual(expect.arrayContaining(holder.written));
  });

  test('cannot be opened twice in one process, and can be opened again once it is closed', async () => {
    const dataDir = await freshDataDir();
    const first = await open({ dataDir });
    await expect(openDatabase({ dataDir })).rejects.toMatchObject({
      name: 'DatabaseInUseError',
      pid: process.pid,
    });
    await first.executeSql('create table kept (a int)');
    await first.close();
    await first.close();
    const second = await open({ dataDir });
    expect(await rows(second, 'select * from kept')).toEqual([]);
  });

  test('is created in an empty folder, and begun again when its creation was cut short', async () => {
    const dataDir = await emptyFolder();
    await mkdir(join(dataDir, 'database.new', 'base'), { recursive: true });
    await writeFile(join(dataDir, 'database.new', 'PG_VERSION'), '18');
    const database = await open({ dataDir });
    expect(await rows(database, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(dataDir, 'database.new'))).toBe(false);
  });

  test.skipIf(process.platform === 'win32')(
    'is for its owner alone, however its files were before',
    async () => {
      const dataDir = await emptyFolder();
      const path = (name: string) => join(dataDir, name);
      const modes = async () => {
        const names = ['database', 'database.lock', 'database.holder.json'];
        const found = await Promise.all(names.map(async (name) => (await stat(path(name))).mode & 0o777));
        return found.map((mode) => mode.toString(8));
      };
      const umask = process.umask(0);
      try {
        const created = await open({ dataDir });
        expect(await modes()).toEqual(['700', '600', '600']);
        await created.close();

        await chmod(path('database'), 0o755);
        await chmod(path('database.lock'), 0o644);
        // As a process leaves it that was killed.
        await writeFile(path('database.holder.json'), '{}', { mode: 0o666 });
        const opened = await open({ dataDir });
        expect(await modes()).toEqual(['700', '600', '600']);
        await opened.close();
      } finally {
        process.umask(umask);
      }
    },
  );

  test.skipIf(process.platform === 'win32')('leaves the mode of a folder that is not its own', async () => {
    const isRoot = process.geteuid?.() === 0;
    const foreign = isRoot ? await emptyFolder() : '/';
    const before = (await stat(foreign)).mode;
    if (isRoot) process.seteuid?.(65_534);
    try {
      makePrivate(foreign, 0o750);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    expect((await stat(foreign)).mode).toBe(before);
    expect(() => makePrivate(join(foreign, 'nothing'), 0o700)).toThrow('ENOENT');
  });

  test('names a folder that cannot be used', async () => {
    const file = join(await emptyFolder(), 'file');
    await writeFile(file, '');
    const error = await openDatabase({ dataDir: join(file, 'data') }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DatabaseFolderError);
    expect(error).toMatchObject({ code: 'ENOTDIR', folder: join(file, 'data') });
  });

  test('keeps creating, migrating and querying in 320 MB of memory', async () => {
    const script = fileURLToPath(new URL('./support/measure-memory-process.ts', import.meta.url));
    const child = spawn(process.execPath, [script, await emptyFolder()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(child.stdout), 'line');
    expect(Number(line) / 1e6).toBeLessThan(320);
  });

  test('refuses a query past the handle of a transaction, which would wait for itself', async () => {
    const database = await emptyDatabase('embedded');
    const ways: (() => Promise<unknown>)[] = [
      () => database.executeSql('select 1'),
      () => database.orm.execute(sql`select 1`),
      () => database.transaction(() => Promise.resolve()),
    ];
    for (const past of ways) {
      await expect(database.transaction(past)).rejects.toMatchObject({
        code: 'OUTSIDE_OF_TRANSACTION',
      });
    }
    let late: Promise<unknown> | undefined;
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    await database.transaction(() => {
      late = ended.then(() => database.executeSql('select 1 as one'));
      return Promise.resolve();
    });
    end();
    expect(await late).toEqual({ rows: [{ one: 1 }] });
  });

  test('is not left in a failed transaction by a text that begins one itself', async () => {
    const database = await emptyDatabase('embedded');
    const failing = database.executeSql('begin; create table a (b int); select * from nowhere; commit');
    const other = database.executeSql('select 1 as one');
    await expect(failing).rejects.toMatchObject({ code: '42P01' });
    expect(await other).toEqual({ rows: [{ one: 1 }] });
    expect(await rows(database, "select to_regclass('a') as found")).toEqual([{ found: null }]);
  });
});

describe('a PostgreSQL server', () => {
  test.each([
    ['nobody listens', async () => `postgres://u:p4ssw0rd@127.0.0.1:${await unusedPort()}/x`, 'ECONNREFUSED'],
    ['the name is unknown', () => 'postgres://u:p4ssw0rd@no-such-host.invalid/x', /ENOTFOUND|EAI_AGAIN/],
    ['the password is wrong', async () => withPassword(await freshDatabaseUrl(), 'p4ssw0rd'), '28P01'],
    ['the database does not exist', async () => `${await freshDatabaseUrl()}x`, '3D000'],
    ['the URL is none', () => 'postgres://u:p4ssw0rd@host:port:port/x', 'INVALID_DATABASE_URL'],
  ])('that cannot be used because %s gives one named error without the password', async (_why, url, code) => {
    const error = await openDatabase({ databaseUrl: await url(), dataDir: '/nonexistent' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'DatabaseUnreachableError', code: expect.stringMatching(code) });
    expect(String(error)).not.toContain('p4ssw0rd');
  });

  test('that ends every session costs the running query and nothing else', async () => {
    const databaseUrl = await freshDatabaseUrl();
    const database = await open({ databaseUrl, dataDir: '/nonexistent', poolSize: 3 });
    const admin = await open({ databaseUrl, dataDir: '/nonexistent', poolSize: 1 });
    await Promise.all([1, 2, 3].map(() => database.executeSql('select pg_sleep(0.05)')));
    const endAll = () =>
      admin.executeSql(
        'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    const running = database.executeSql('select pg_sleep(60)');
    const inTransaction = database.transaction(async (tx) => {
      await executeSqlWith(tx).executeSql('select 1');
      await endAll();
      await executeSqlWith(tx).executeSql('select 1');
    });
    await expect(running).rejects.toMatchObject({ name: 'DatabaseUnreachableError', retryable: true });
    await expect(inTransaction).rejects.toMatchObject({ name: 'DatabaseUnreachableError', retryable: true });
    await database.ping();
    expect(await rows(database, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('gives a connection of a failed transaction back to the pool in good order', async () => {
    const database = await emptyDatabase('postgres', 1);
    for (let index = 0; index < 5; index += 1) {
      await expect(
        database.transaction((tx) => executeSqlWith(tx).executeSql('select * from nowhere')),
      ).rejects.toMatchObject({ code: '42P01' });
    }
    const [{ pid } = {}] = await rows(database, 'select pg_backend_pid() as pid');
    await database.transaction((tx) => executeSqlWith(tx).executeSql('select 1'));
    expect(await rows(database, 'select pg_backend_pid() as pid')).toEqual([{ pid }]);
  });
});

describe.each(KINDS)('a transaction on %s', (kind) => {
  const countOf = async (database: Database) =>
    (await rows(database, 'select count(*)::int as n from t'))[0]?.['n'];

  test('is committed when the callback resolves, and undone with its very error when it throws', async () => {
    const database = await emptyDatabase(kind);
    await database.executeSql('create table t (a int)');
    await database.transaction((tx) => tx.execute(sql`insert into t values (1)`));
    expect(await countOf(database)).toBe(1);
    const error = new Error('mine');
    const failed = database.transaction(async (tx) => {
      await tx.execute(sql`insert into t values (2)`);
      await executeSqlWith(tx).executeSql('insert into t values ($1)', [3]);
      throw error;
    });
    await expect(failed).rejects.toBe(error);
    expect(await countOf(database)).toBe(1);
  });

  test('is never committed in silence when a failed statement in it was passed over', async () => {
    const database = await emptyDatabase(kind);
    await database.executeSql('create table t (a int)');
    const careless = database.transaction(async (tx) => {
      await tx.execute(sql`insert into t values (1)`);
      await tx.execute(sql`select * from nowhere`).catch(() => undefined);
    });
    await expect(careless).rejects.toBeInstanceOf(DatabaseError);
    expect(await countOf(database)).toBe(0);
  });

  test('undoes a part of itself with a savepoint', async () => {
    const database = await emptyDatabase(kind);
    await database.executeSql('create table t (a int)');
    await database.transaction(async (tx) => {
      await tx.execute(sql`insert into t values (1)`);
      const part = tx.transaction(async (savepoint) => {
        await executeSqlWith(savepoint).executeSql('insert into t values (2)');
        await savepoint.execute(sql`select * from nowhere`);
      });
      await expect(part).rejects.toMatchObject({ code: '42P01' });
    });
    expect(await rows(database, 'select a from t')).toEqual([{ a: 1 }]);
  });

  test('tells statements apart from many statements, and gives the rows of all', async () => {
    const database = await emptyDatabase(kind);
    expect(await database.executeSql('select 1 as a; select 2 as a, 3 as b')).toEqual({
      rows: [{ a: 1 }, { a: 2, b: 3 }],
    });
    expect(await database.executeSql('select $1::int as a', [7])).toEqual({ rows: [{ a: 7 }] });
  });

  test('after closing, every query says so', async () => {
    const database =
      kind === 'embedded'
        ? await open({ dataDir: await freshDataDir() })
        : await open({ databaseUrl: await freshDatabaseUrl(), dataDir: '/nonexistent' });
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
