import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startLocalPostgres } from '../src/index.ts';
import { ask, dataFolder, isRunning, otherProcess, serverPid } from './support/support.ts';

const isRoot = process.getuid?.() === 0;
const SECONDS = { timeout: 30_000 };

describe('the local PostgreSQL', () => {
  it('keeps its data across a restart, with fsync and the same URL', async () => {
    const dataDir = await dataFolder();
    const first = await startLocalPostgres({ dataDir });
    await ask(first.url, 'create table kept (a int)');
    expect(await ask(first.url, 'show fsync')).toBe('on');
    await first.stop();
    await first.stop();
    expect(isRunning(dataDir)).toBe(false);
    const second = await startLocalPostgres({ dataDir });
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select count(*)::int from kept')).toBe(0);
    await second.stop();
  });

  it('is stopped by the last of several client processes', async () => {
    const dataDir = await dataFolder();
    const first = await otherProcess(dataDir);
    const second = await otherProcess(dataDir);
    const own = await startLocalPostgres({ dataDir });
    expect([first.url, second.url]).toEqual([own.url, own.url]);
    // The process that started the server exits first.
    await first.end('SIGTERM');
    await own.stop();
    expect(await ask(second.url, 'select 1')).toBe(1);
    await second.end('SIGTERM');
    expect(isRunning(dataDir)).toBe(false);
  });

  it('is started once by eight concurrent processes', async () => {
    const dataDir = await dataFolder();
    const users = await Promise.all(Array.from({ length: 8 }, () => startLocalPostgres({ dataDir })));
    const other = await otherProcess(dataDir);
    expect(new Set([...users, other].map(({ url }) => url)).size).toBe(1);
    await other.end('SIGTERM');
    await Promise.all(users.map((user) => user.stop()));
    expect(isRunning(dataDir)).toBe(false);
  });

  it('keeps running when its client processes are killed; the next one attaches to it and stops it', async () => {
    const dataDir = await dataFolder();
    const user = await otherProcess(dataDir);
    await user.end('SIGKILL');
    const pid = serverPid(dataDir);
    const next = await startLocalPostgres({ dataDir });
    expect(serverPid(dataDir)).toBe(pid);
    await next.stop();
    expect(isRunning(dataDir)).toBe(false);
  });

  it('is restarted by a client process when the server is killed', async () => {
    const dataDir = await dataFolder();
    const user = await startLocalPostgres({ dataDir });
    await ask(user.url, 'create table kept (a int)');
    const pid = serverPid(dataDir);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(async () => {
      expect(serverPid(dataDir)).not.toBe(pid);
      expect(await ask(user.url, 'select count(*)::int from kept')).toBe(0);
    }, SECONDS);
    await user.stop();
    expect(isRunning(dataDir)).toBe(false);
  });

  it('starts over a stale pid file whose pid another process now has', async () => {
    const dataDir = await dataFolder();
    const user = await otherProcess(dataDir);
    await user.end('SIGTERM');
    const pidFile = join(dataDir, 'postgres/data/postmaster.pid');
    const lines = [process.pid, join(dataDir, 'postgres/data'), 1, 5432, join(dataDir, 'postgres'), ''];
    await writeFile(pidFile, `${lines.join('\n')}\n`);
    await writeFile(join(dataDir, 'postgres/.s.PGSQL.5432.lock'), `${process.pid}\n`);
    const next = await startLocalPostgres({ dataDir });
    expect(await ask(next.url, 'select 1')).toBe(1);
    await next.stop();
  });

  it('is recreated when its creation was interrupted', async () => {
    const dataDir = await dataFolder();
    const first = await startLocalPostgres({ dataDir });
    await first.stop();
    const home = join(dataDir, 'postgres');
    await rm(join(home, 'data'), { recursive: true });
    await mkdir(join(home, 'data.new/base'), { recursive: true });
    await writeFile(join(home, 'data.new/PG_VERSION'), '18');
    const second = await startLocalPostgres({ dataDir });
    expect(await ask(second.url, 'select 1')).toBe(1);
    await second.stop();
  });

  it('listens on a Unix socket, or on 127.0.0.1 when the socket path is too long', async () => {
    const short = await startLocalPostgres({ dataDir: await dataFolder() });
    expect(await ask(short.url, 'select inet_server_addr() is null')).toBe(true);
    await short.stop();
    const parent = await dataFolder();
    await chmod(parent, 0o755);
    const dataDir = join(parent, 'a-long-name-'.repeat(9));
    await mkdir(dataDir);
    const user = await startLocalPostgres({ dataDir });
    expect(await ask(user.url, "select inet_server_addr() = '127.0.0.1'")).toBe(true);
    const withoutPassword = user.url.replace(/:[^:@]*@/, ':wrong@');
    await expect(ask(withoutPassword, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    const other = await otherProcess(dataDir);
    expect(other.url).toBe(user.url);
    const pid = serverPid(dataDir);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(async () => expect(await ask(user.url, 'select 1')).toBe(1), SECONDS);
    await other.end('SIGTERM');
    await user.stop();
    expect(isRunning(dataDir)).toBe(false);
  });

  it('makes password and data readable by its owner only, and prints no password for psql', async () => {
    const dataDir = await dataFolder();
    const umask = process.umask(0);
    const user = await startLocalPostgres({ dataDir }).finally(() => process.umask(umask));
    const modes = ['postgres', 'postgres/data', 'postgres/password', 'postgres/log', 'postgres/start.lock'];
    const found = await Promise.all(
      modes.map(async (name) => (await stat(join(dataDir, name))).mode & 0o777),
    );
    expect(found.map((mode) => mode.toString(8))).toEqual(['700', '700', '600', '600', '600']);
    const password = new URL(user.url).password;
    expect(password).toHaveLength(32);
    expect(user.psqlCommand).not.toContain(password);
    expect(user.psqlCommand).toContain(join(dataDir, 'postgres'));
    await user.stop();
  });

  it('logs no statements or rows', async () => {
    const dataDir = await dataFolder();
    const user = await startLocalPostgres({ dataDir });
    await ask(user.url, 'create table t (a text primary key)');
    await ask(user.url, `insert into t values ('SECRET')`);
    await expect(ask(user.url, `insert into t values ('SECRET')`)).rejects.toThrow();
    await user.stop();
    const { stdout } = await promisify(execFile)('cat', [join(dataDir, 'postgres/log')]);
    expect(stdout).toContain('database system is shut down');
    expect(stdout).not.toMatch(/SECRET|insert/);
  });

  it('fails with one line that names DATABASE_URL when its folder is unusable', async () => {
    const dataDir = await dataFolder();
    await writeFile(join(dataDir, 'postgres'), 'a file');
    await expect(startLocalPostgres({ dataDir })).rejects.toThrow(/^[^\n]*postgres[^\n]*DATABASE_URL[^\n]*$/);
  });
});

describe.runIf(isRoot)('the local PostgreSQL started by root', () => {
  it('runs as an unprivileged user that can traverse the data folder and read nothing else', async () => {
    const dataDir = await dataFolder();
    const user = await startLocalPostgres({ dataDir });
    expect((await stat(`/proc/${serverPid(dataDir)}`)).uid).not.toBe(0);
    const { uid, mode } = await stat(dataDir);
    expect([uid, mode & 0o777]).toEqual([0, 0o710]);
    await user.stop();
  });

  it('uses /var/lib/defrag-video when a parent of the data folder is inaccessible to other users', async () => {
    const parent = await dataFolder();
    await chmod(parent, 0o700);
    const dataDir = join(parent, 'data');
    await mkdir(dataDir, 0o700);
    const user = await startLocalPostgres({ dataDir });
    const home = /host=(\S+)'$/.exec(user.psqlCommand)?.[1] ?? '';
    onTestFinished(() => rm(home, { recursive: true, force: true }));
    expect(home).toMatch(/^\/var\/lib\/defrag-video\/[0-9a-f]{16}$/);
    await ask(user.url, 'create table kept (a int)');
    await user.stop();
    const again = await startLocalPostgres({ dataDir });
    expect(await ask(again.url, 'select count(*)::int from kept')).toBe(0);
    await again.stop();
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  });

  it('fails for a link to a missing database', async () => {
    const dataDir = await dataFolder();
    await symlink('/var/lib/defrag-video/gone', join(dataDir, 'postgres'));
    await expect(startLocalPostgres({ dataDir })).rejects.toThrow(/postgres.*DATABASE_URL/);
  });

  it('keeps running as the ordinary user that created it', async () => {
    const dataDir = await dataFolder();
    await chmod(dataDir, 0o755);
    await mkdir(join(dataDir, 'postgres'), 0o700);
    await chown(join(dataDir, 'postgres'), 2, 2);
    const user = await startLocalPostgres({ dataDir });
    expect((await stat(`/proc/${serverPid(dataDir)}`)).uid).toBe(2);
    await user.stop();
  });
});
