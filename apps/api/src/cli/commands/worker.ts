import { Command } from 'commander';
import { publicBaseUrlOf } from '../../env.ts';
import { workOnBackfills } from '../../pipeline/worker/run-backfill.ts';
import { startWorker } from '../../pipeline/worker/start-worker.ts';
import { WORKER_NAME } from '../../pipeline/worker/worker-heartbeat.ts';
import { onShutdown } from '../../process/on-shutdown.ts';
import { openEngine } from '../../process/open-engine.ts';
import { checkStoreAtStart } from '../../process/open-store.ts';
import { openLocal } from '../open-local.ts';
import { createOutput } from '../output.ts';

export function workerCommand(): Command {
  return new Command('worker')
    .description('Take renders from the queue until stopped. Any number of workers may run beside a server.')
    .option('--json', 'print one JSON object instead of text when ready', false)
    .action(run);
}

async function run(options: { json: boolean }): Promise<void> {
  const { env, dataDir, services } = await openLocal('info');
  await checkStoreAtStart(services);
  const engine = await openEngine({ env, dataDir, services, publicBaseUrl: publicBaseUrlOf(env) });
  const worker = await startWorker(services, engine, {
    concurrency: env.WORKER_CONCURRENCY,
    scratchDir: dataDir.scratchDir,
  });
  const stopBackfills = workOnBackfills(services);
  onShutdown(services.logger, async () => {
    await Promise.all([worker.close(), stopBackfills()]);
    await services.close();
  });
  createOutput(options).result(
    { ready: true, worker: WORKER_NAME, engine: engine.name },
    `worker ${WORKER_NAME} ready (${engine.name})`,
  );
}
