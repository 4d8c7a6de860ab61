import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PGlite } from '@electric-sql/pglite';
import { readMigrations } from '../src/migrations/migration-files.ts';

/*
 * Measures the memory and time that the embedded database costs a process: as we start it, and as its libraries would by
 * themselves. Each measurement runs in a process of its own. `node packages/db/scripts/measure-memory.ts`
 */
const [way, folder] = process.argv.slice(2);
if (way === undefined) {
  for (const measured of ['ours', 'plain']) {
    const parent = await mkdtemp(join(tmpdir(), 'defrag-measure-'));
    for (const state of ['a new database', 'an existing one']) {
      const script = fileURLToPath(import.meta.url);
      const { stdout } = await promisify(execFile)(process.execPath, [script, measured, parent]);
      console.log(`${measured}, ${state}: ${stdout.trim()}`);
    }
    await rm(parent, { recursive: true, force: true });
  }
} else if (folder !== undefined) {
  const startedAt = performance.now();
  const close = await (way === 'ours' ? startOurs(folder) : startPlain(folder));
  const startMs = performance.now() - startedAt;
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  const { maxRSS } = process.resourceUsage();
  console.log(
    `${Math.round(startMs)} ms, at most ${mb(maxRSS * 1_024)}, afterwards ${mb(process.memoryUsage().rss)}`,
  );
  await close();
}

async function startOurs(dataDir: string): Promise<() => Promise<void>> {
  const { migrateDatabase, openDatabase } = await import('../src/index.ts');
  const database = await openDatabase({ dataDir });
  await migrateDatabase(database);
  return () => database.close();
}

async function startPlain(dataDir: string): Promise<() => Promise<void>> {
  const { drizzle } = await import('drizzle-orm/pglite');
  const orm = drizzle({ connection: { dataDir: join(dataDir, 'database') } });
  const pglite: PGlite = orm.$client;
  await pglite.exec('create table if not exists public.defrag_migrations (name text primary key)');
  for (const { text } of await readMigrations()) await pglite.exec(text);
  return () => pglite.close();
}
