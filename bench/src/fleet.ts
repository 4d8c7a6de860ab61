import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTemporaryPostgres } from '@defrag/local-postgres';
import { Command } from 'commander';
import { type Fleet, startFleet } from './fleet/start-fleet.ts';
import { wholeNumber, wholeNumbers } from './options.ts';
import { watchProcessTree } from './process-tree.ts';
import { quantile } from './statistics.ts';

/** Milliseconds between two samples of a worker's memory: rare enough not to slow down the renders. */
const MEMORY_INTERVAL_MS = 200;

/** `bench fleet`. Linux only. */
export const fleetCommand = new Command('fleet')
  .description('videos per minute of worker processes that share one PostgreSQL, one render thread each')
  .option('--workers <list>', 'numbers of worker processes', wholeNumbers, [1, 2, 4])
  .option('--videos <n>', 'videos per round, a third each with low, medium and high scores', wholeNumber, 24)
  .option('--duration-ms <ms>', 'length of the videos', wholeNumber, 6_000)
  .action(async (options: { workers: number[]; videos: number; durationMs: number }) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-fleet-'));
    const postgres = await startTemporaryPostgres({ durable: true });
    try {
      const { databaseUrl } = postgres;
      const fleet = await startFleet({ dataDir: join(folder, 'data'), databaseUrl });
      try {
        const speed: Record<string, Record<string, number>> = {};
        const database: Record<string, Record<string, number>> = {};
        for (const workers of options.workers) {
          const name = `${workers} worker${workers === 1 ? '' : 's'}`;
          const measured = await measure(fleet, workers, options);
          speed[name] = measured.speed;
          database[name] = measured.database;
        }
        console.table(speed);
        console.table(database);
      } finally {
        await fleet.stop();
      }
    } finally {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });

/** One round. The workers have rendered before, as in a running fleet. */
async function measure(
  fleet: Fleet,
  workers: number,
  { videos, durationMs }: { videos: number; durationMs: number },
) {
  const processes = await fleet.startWorkers(workers);
  try {
    await fleet.render({ videos: workers, durationMs });
    const trees = processes.map(({ pid }) =>
      watchProcessTree(pid, { intervalMs: MEMORY_INTERVAL_MS, memory: 'proportional' }),
    );
    const { seconds, renders, queueMs, transactions, writtenBytes } = await fleet.render({
      videos,
      durationMs,
    });
    const uses = trees.map((tree) => tree.stop());
    const renderSeconds = renders.map(({ renderMs }) => renderMs / 1_000);
    const shares = [...Map.groupBy(renders, ({ worker }) => worker).values()].map(({ length }) => length);
    return {
      speed: {
        'videos/min': round((videos * 60) / seconds),
        'CPU s a video': round(uses.reduce((sum, use) => sum + use.cpuSeconds, 0) / videos),
        'render s, median': round(quantile(renderSeconds, 0.5)),
        'render s, slowest': round(quantile(renderSeconds, 1)),
        'fewest of one worker': shares.length < workers ? 0 : Math.min(...shares),
        'most of one worker': Math.max(...shares),
        'peak MiB of one worker': Math.round(Math.max(...uses.map(({ peakMib }) => peakMib))),
      },
      database: {
        'queueing a video, ms': round(queueMs),
        'transactions a video': round(transactions / videos),
        'written kB a video': round(writtenBytes / videos / 1_000),
      },
    };
  } finally {
    await Promise.all(processes.map((worker) => worker.stop()));
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
