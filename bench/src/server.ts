import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { wholeNumber } from './options.ts';
import { watchProcessTree } from './process-tree.ts';
import { startProcess } from './start-process.ts';
import { quantile } from './statistics.ts';

const SERVER = new URL('../../apps/api/src/main.ts', import.meta.url).pathname;
/** Demo event with friction 93 and pressure 90, the most expensive picture of the twelve. */
const FRICTION_ID = '00000000-0000-4000-8000-000000000011';
const THREADS = 2;

export const serverCommand = new Command('server')
  .description('start-up, render and cache-hit times of a server with the local database')
  .option('--requests <n>', 'number of cache hits', wholeNumber, 500)
  .action(async (options: { requests: number }) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'bench-server-'));
    try {
      const first = await startServer(dataDir);
      await first.stop();
      const second = await startServer(dataDir);
      const tree = watchProcessTree(second.pid);
      const renderSeconds = (await post(second, { prefer: 'wait=60' })) / 1_000;
      const { peakMib } = tree.stop();
      const cached: number[] = [];
      for (let request = 0; request < options.requests; request += 1) cached.push(await post(second, {}));
      await second.stop();
      console.table({
        'first start, empty folder, s': round(first.readySeconds),
        'second start, s': round(second.readySeconds),
        'POST until READY, 6 s video, s': round(renderSeconds),
        [`peak RSS while rendering, ${THREADS} threads, MiB`]: Math.round(peakMib),
        'cached POST, median, ms': round(quantile(cached, 0.5)),
        'cached POST, 95 %, ms': round(quantile(cached, 0.95)),
        'cached POST, slowest, ms': round(quantile(cached, 1)),
      });
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });

interface Server {
  readonly pid: number;
  readonly url: string;
  readonly adminKey: string;
  readonly readySeconds: number;
  stop(): Promise<void>;
}

async function startServer(dataDir: string): Promise<Server> {
  const startedAt = performance.now();
  const { pid, ready, stop } = await startProcess(SERVER, [], {
    env: { PORT: '0', DATA_DIR: dataDir, RENDER_THREADS: String(THREADS) },
    readyLine: /^ready on (\S+)/,
  });
  return {
    pid,
    url: ready[1] ?? '',
    adminKey: (await readFile(join(dataDir, 'admin-key'), 'utf8')).trim(),
    readySeconds: (performance.now() - startedAt) / 1_000,
    stop,
  };
}

/** Milliseconds until the response, which must be READY. */
async function post(server: Server, headers: Record<string, string>): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`${server.url}/api/v1/admin/render-video`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-defrag-admin-key': server.adminKey, ...headers },
    body: JSON.stringify({ friction_id: FRICTION_ID }),
  });
  const body = await response.text();
  if (response.status !== 200) throw new Error(`The server returned ${response.status}: ${body}`);
  return performance.now() - startedAt;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
