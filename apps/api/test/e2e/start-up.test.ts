import { once } from 'node:events';
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readEnv } from '../../src/env.ts';
import { prepareDataDir } from '../../src/files/data-dir.ts';
import { loadAdminKey } from '../../src/process/admin-key.ts';
import { startServerProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testDatabaseUrl } from '../support/test-database.ts';

/** Starts a server that must fail to start. @returns its standard error */
async function failure(dataDir: string, env: Record<string, string>): Promise<string> {
  const outcome = await startServerProcess(dataDir, env).then(
    (server) => server.stop().then(() => 'it started'),
    (error: Error) => error.message,
  );
  return outcome.split('\n').slice(1).join('\n').trim();
}

/** A folder that this user cannot write to. Root can write everywhere except in the kernel's file systems. */
async function unwritableFolder(): Promise<string> {
  if (process.getuid?.() === 0) return '/sys/defrag';
  const folder = join(await temporaryFolder(), 'read-only');
  await mkdir(folder);
  await chmod(folder, 0o500);
  return folder;
}

describe('a server that cannot start', () => {
  it('names the port in use, in one line', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    onTestFinished(() => void blocker.close());
    const { port } = blocker.address() as { port: number };
    expect(await failure(await temporaryFolder(), { PORT: String(port) })).toBe(
      `error: Port ${port} on 127.0.0.1 is in use. Set PORT to another one, for example PORT=${port + 1}.`,
    );
  });

  it('names an unwritable data folder, in one line', async () => {
    expect(await failure(await unwritableFolder(), {})).toMatch(
      /^error: The data folder .* cannot be written \(E\w+\)\./,
    );
  });

  it('names a data folder that is a file, in one line', async () => {
    expect(await failure('/dev/null', {})).toMatch(
      /^error: The data folder \/dev\/null cannot be written \(.*\)\./,
    );
  });

  it.runIf(process.platform === 'linux')(
    'names a data folder that cannot be created, in one line',
    async () => {
      expect(await failure('/proc/defrag/data', {})).toMatch(
        /^error: The data folder \/proc\/defrag\/data cannot be written \(E\w+\)\./,
      );
    },
  );

  it.each(['', 'too-short\n'])('names an admin key file that contains %j, in one line', async (content) => {
    const dataDir = await temporaryFolder();
    const file = join(dataDir, 'admin-key');
    await writeFile(file, content);
    expect(await failure(dataDir, {})).toBe(
      `error: The admin key file ${file} contains no key of at least 16 characters. Delete it to get a new key at the next start.`,
    );
  });

  it('names every invalid variable at once, without its value', async () => {
    const text = await failure(await temporaryFolder(), {
      RENDER_ENGINE: 'steam',
      PORT: '8o8o',
      DEFRAG_ADMIN_KEY: 'short-secret',
      DATABASE_URL: 'mysql://user:hunter2@host/db',
    });
    for (const name of ['RENDER_ENGINE', 'PORT', 'DEFRAG_ADMIN_KEY', 'DATABASE_URL'])
      expect(text).toContain(name);
    expect(text).not.toMatch(/steam|8o8o|short-secret|hunter2/);
  });

  it('requires an admin key in production', async () => {
    expect(await failure(await temporaryFolder(), { NODE_ENV: 'production' })).toContain(
      'DEFRAG_ADMIN_KEY: must be set in production',
    );
  });

  it.each(['', '                    '])(
    'names the blank admin key %j together with the other invalid variables',
    async (key) => {
      const text = await failure(await temporaryFolder(), {
        NODE_ENV: 'production',
        RENDER_ENGINE: 'steam',
        PORT: '8o8o',
        DEFRAG_ADMIN_KEY: key,
      });
      expect(text.split('\n').map((line) => line.trim().split(':')[0])).toEqual(
        expect.arrayContaining(['RENDER_ENGINE', 'PORT', 'DEFRAG_ADMIN_KEY']),
      );
    },
  );

  it('names a database that cannot be reached, without its password', async () => {
    const text = await failure(await temporaryFolder(), {
      DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/none',
    });
    expect(text).toMatch(/^error: .*database.*127\.0\.0\.1/i);
    expect(text).not.toContain('hunter2');
  });
});

describe('a server that starts', () => {
  it('creates a data folder that only its owner can read', async () => {
    const parent = await temporaryFolder();
    await chmod(parent, 0o755);
    const dataDir = join(parent, 'deep', 'data');
    const server = await startServerProcess(dataDir);
    expect(await server.stop()).toBe(0);
    // As root, PostgreSQL runs as another user, whose group needs access to the folder.
    expect((await stat(dataDir)).mode & 0o777).toBe(process.getuid?.() === 0 ? 0o710 : 0o700);
    expect((await stat(join(dataDir, 'admin-key'))).mode & 0o777).toBe(0o600);
  });

  it('keeps the mode of an existing data folder', async () => {
    const dataDir = await temporaryFolder();
    await chmod(dataDir, 0o750);
    await prepareDataDir(dataDir);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o750);
  });

  it('shares one new admin key with the servers that start at the same moment', async () => {
    const dataDir = await prepareDataDir(await temporaryFolder());
    const env = readEnv({});
    const keys = await Promise.all(Array.from({ length: 20 }, () => loadAdminKey(env, dataDir)));
    expect(new Set(keys.map(({ key }) => key)).size).toBe(1);
    expect(keys.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect((await readdir(dataDir.root)).sort()).toEqual(['admin-key', 'scratch', 'store']);
  });

  it('prints a new admin key once, keeps it, and says where it is stored', async () => {
    const dataDir = await temporaryFolder();
    const first = await startServerProcess(dataDir);
    expect(await first.stop()).toBe(0);
    const second = await startServerProcess(dataDir);
    expect(await second.stop()).toBe(0);
    expect(second.adminKey).toBe(first.adminKey);
    expect(first.lines.join('\n')).toContain(first.adminKey);
    expect(second.lines.join('\n')).not.toContain(first.adminKey);
    expect(second.lines.find((line) => line.startsWith('ready on'))).toContain('admin-key');
    expect(second.lines.find((line) => line.startsWith('try: curl'))).toContain('/api/v1/admin/render-video');
  });

  it('prints no demo request and no psql command with DATABASE_URL', async () => {
    const server = await startServerProcess(await temporaryFolder(), {
      DATABASE_URL: await testDatabaseUrl('template0'),
    });
    expect(await server.stop()).toBe(0);
    expect(server.lines.some((line) => line.startsWith('ready on'))).toBe(true);
    expect(server.lines.join('\n')).not.toMatch(/try: curl|psql/);
  });
});
