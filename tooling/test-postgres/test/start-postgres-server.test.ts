import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { startPostgresServer } from '../src/index.ts';

const dataFolders = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('defrag-postgres-'));

async function ask(connectionString: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query({ text: question, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

describe('a PostgreSQL server', () => {
  it('has an empty database, the settings that were asked for, and is gone with its data after stop', async () => {
    const before = await dataFolders();
    const server = await startPostgresServer({ maxConnections: 20, durable: true });
    try {
      expect(
        await ask(server.databaseUrl, `select count(*)::int from pg_tables where schemaname = 'public'`),
      ).toBe(0);
      expect(await ask(server.databaseUrl, 'show max_connections')).toBe('20');
      expect(await ask(`${server.serverUrl}/template1`, 'show fsync')).toBe('on');
    } finally {
      await server.stop();
    }
    await expect(ask(server.databaseUrl, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await dataFolders()).toEqual(before);
  });
});
