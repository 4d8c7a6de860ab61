import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { startLocalPostgres } from '../../src/index.ts';

const PROGRAM = fileURLToPath(new URL('./use-process.ts', import.meta.url));

/** A new data folder. After the test, its server is stopped and the folder is deleted. */
export async function dataFolder(parent = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(parent, 'lp-'));
  onTestFinished(async () => {
    if (isRunning(folder)) await (await startLocalPostgres({ dataDir: folder })).stop();
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** First line of postmaster.pid. */
export const serverPid = (folder: string): number =>
  Number(readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);

export const isRunning = (folder: string): boolean =>
  existsSync(join(folder, 'postgres/data/postmaster.pid'));

/** The first value of a query. */
export async function ask(connectionString: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query({ text: question, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

/** Another process that uses the server of a data folder. */
export async function otherProcess(folder: string) {
  const child = spawn(process.execPath, [PROGRAM, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    url,
    async end(signal: NodeJS.Signals) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}
