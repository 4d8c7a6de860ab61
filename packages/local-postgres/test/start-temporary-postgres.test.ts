import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { startTemporaryPostgres } from '../src/index.ts';
import { ask } from './support/support.ts';

it('startTemporaryPostgres starts an empty database with the given settings and deletes its data on stop', async () => {
  const server = await startTemporaryPostgres({ maxConnections: 20, durable: true });
  try {
    expect(
      await ask(server.databaseUrl, `select count(*)::int from pg_tables where schemaname = 'public'`),
    ).toBe(0);
    expect(await ask(server.databaseUrl, 'show max_connections')).toBe('20');
    expect(await ask(`${server.serverUrl}/template1`, 'show fsync')).toBe('on');
    const folder = await ask(server.databaseUrl, 'show data_directory');
    await server.stop();
    await expect(ask(server.databaseUrl, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const folders = (await readdir(tmpdir())).filter((name) => String(folder).includes(name));
    expect(folders).toEqual([]);
  } finally {
    await server.stop();
  }
});
