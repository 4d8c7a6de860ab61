import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startServerProcess } from '../src/index.ts';

const KEY = 'a-key-of-this-test-alone';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'server-process-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function start(program: string) {
  const main = join(folder, 'main.mjs');
  await writeFile(main, program);
  return await startServerProcess({
    main,
    dataDir: folder,
    logFolder: join(folder, 'logs'),
    env: { DEFRAG_ADMIN_KEY: KEY },
  });
}

it('returns the address of a ready server, finds its log entries and stops it', async () => {
  // The ready line comes last: the test may send SIGTERM as soon as it has read it.
  const server = await start(`
    process.on('SIGTERM', () => process.exit(3));
    setInterval(() => {}, 1_000);
    console.log('ready on http://127.0.0.1:1234 (a note)');
    console.log(JSON.stringify({ status: 'READY', key: process.env.DEFRAG_ADMIN_KEY.length }));
  `);
  expect(server.url).toBe('http://127.0.0.1:1234');
  expect(server.adminKey).toBe(KEY);
  await expect(server.logEntry((entry) => entry['status'] === 'READY')).resolves.toMatchObject({
    key: KEY.length,
  });
  expect(await server.stop()).toBe(3);
  expect(await server.stop()).toBe(3);
});

it('rejects with the output of a server that exits before it is ready, and keeps its log', async () => {
  const failed = start(`console.error('the port is taken'); process.exit(1);`);
  await expect(failed).rejects.toThrow(/exited with 1:\nthe port is taken/);
  const [log] = await readdir(join(folder, 'logs'));
  expect(await readFile(join(folder, 'logs', log ?? ''), 'utf8')).toContain('the port is taken');
});
