import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedEngine, type EmbeddedEngine } from '@defrag/api/embedded-engine';
import type { RemotionEngine } from '@defrag/api/remotion-engine';
import { type VideoInputs, videoInputs } from '@defrag/core';
import { Command, Option } from 'commander';
import { wholeNumber, wholeNumbers } from './options.ts';
import { type WatchOptions, watchProcessTree } from './process-tree.ts';
import { BENCHMARK_SCORES, BENCHMARK_SEED } from './scores.ts';

/** A browser is several processes with shared pages, which must count once; that sampling takes longer, so sample less often. */
const WATCH = {
  embedded: {},
  remotion: { memory: 'proportional', intervalMs: 200 },
} as const satisfies Record<string, WatchOptions>;

const ENGINES = ['embedded', 'remotion'] as const;

export const renderCommand = new Command('render')
  .description('speed and peak memory of rendering 6 seconds of 1920x1080')
  .addOption(new Option('--engine <name>', 'what renders').choices(ENGINES).default('embedded'))
  .option('--concurrency <list>', 'numbers of threads, or of browser tabs', wholeNumbers, [1, 2])
  .option('--duration-ms <ms>', 'length of the video', wholeNumber, 6_000)
  .action(async (options: { engine: EngineName; concurrency: number[]; durationMs: number }) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-render-'));
    try {
      // One-time work, such as bundling the composition, is not counted.
      await (await start({ engine: options.engine, concurrency: 1, folder })).close();
      const table: Record<string, Record<string, number>> = {};
      for (const concurrency of options.concurrency) {
        for (const { name, ...scores } of BENCHMARK_SCORES) {
          const inputs = videoInputs({ ...scores, seed: BENCHMARK_SEED, durationMs: options.durationMs });
          const settings = { engine: options.engine, concurrency, folder };
          table[`${name}, concurrency ${concurrency}`] = await measure(inputs, settings);
        }
      }
      console.table(table);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

type EngineName = (typeof ENGINES)[number];

interface Settings {
  readonly engine: EngineName;
  readonly concurrency: number;
  readonly folder: string;
}

async function start({ engine, concurrency, folder }: Settings): Promise<EmbeddedEngine | RemotionEngine> {
  if (engine === 'embedded') return createEmbeddedEngine({ concurrency });
  const { createRemotionEngine } = await import('@defrag/api/remotion-engine');
  const logger = { info: console.error, debug() {} };
  return createRemotionEngine({ concurrency, bundlesDir: join(folder, 'bundles'), logger });
}

/** Renders twice with one engine: first cold, then warm. */
async function measure(inputs: VideoInputs, settings: Settings) {
  const startedAt = performance.now();
  const tree = watchProcessTree(process.pid, WATCH[settings.engine]);
  const engine = await start(settings);
  const render = () =>
    engine.render({
      inputs,
      scratch: settings.folder,
      signal: new AbortController().signal,
      onProgress() {},
    });
  await render();
  const coldSeconds = (performance.now() - startedAt) / 1_000;
  const cold = tree.stop();
  const warmTree = watchProcessTree(process.pid, WATCH[settings.engine]);
  const warmAt = performance.now();
  const video = await render();
  const warmSeconds = (performance.now() - warmAt) / 1_000;
  const warm = warmTree.stop();
  await engine.close();
  return {
    'cold s': round(coldSeconds),
    'warm s': round(warmSeconds),
    'frames/s': round(video.frames / warmSeconds),
    'warm CPU s': round(warm.cpuSeconds),
    'peak MiB': Math.round(Math.max(cold.peakMib, warm.peakMib)),
    'file MB': round(video.sizeBytes / 1e6),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
