import { once } from 'node:events';
import { chmod, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServerProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What a start that must fail prints to standard error. */
async function failure(dataDir: string, env: Record<string, string>): Promise<string> {
  const outcome = await startServerProcess(dataDir, env).then(
    (server) => server.stop().then(() => 'it started'),
    (error: Error) => error.message,
  );
  return outcome.split('\n').slice(1).join('\n').trim();
}

/** For root every folder is writable but those of the kernel's own file systems. */
async function unwritableFolder(): Promise<string> {
  if (process.getuid?.() === 0) return '/sys/defrag';
  const folder = join(await temporaryFolder(), 'read-only');
  await mkdir(folder);
  await chmod(folder, 0o500);
  return folder;
}

describe('a start that cannot succeed', () => {
  it('names a port in use, in one line', async () => {
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

  it('names every wrong variable at once, and no value', async () => {
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

  it('refuses production without an admin key', async () => {
    expect(await failure(await temporaryFolder(), { NODE_ENV: 'production' })).toContain(
      'DEFRAG_ADMIN_KEY: must be set in production',
    );
  });

  it('names a database that cannot be reached, without its password', async () => {
    const text = await failure(await temporaryFolder(), {
      DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/none',
    });
    expect(text).toMatch(/^error: .*database.*127\.0\.0\.1/i);
    expect(text).not.toContain('hunter2');
  });
});

describe('a start', () => {
  it('shows a new key once, keeps it, and says where it is', async () => {
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
});
