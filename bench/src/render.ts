import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedEngine } from '@defrag/api/embedded-engine';
import { type VideoInputs, videoHash, videoInputs } from '@defrag/core';
import { Command } from 'commander';
import { wholeNumber, wholeNumbers } from './options.ts';
import { watchProcessTree } from './process-tree.ts';
import { BENCHMARK_SCORES, BENCHMARK_SEED } from './scores.ts';

/** `bench render`: speed and memory of the embedded engine. */
export const renderCommand = new Command('render')
  .description('speed and peak memory of rendering 6 seconds of 1920x1080')
  .option('--concurrency <list>', 'numbers of threads', wholeNumbers, [1, 2])
  .option('--duration-ms <ms>', 'length of the video', wholeNumber, 6_000)
  .action(async (options: { concurrency: number[]; durationMs: number }) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-render-'));
    try {
      const table: Record<string, Record<string, number>> = {};
      for (const concurrency of options.concurrency) {
        for (const { name, ...scores } of BENCHMARK_SCORES) {
          const inputs = videoInputs({ ...scores, seed: BENCHMARK_SEED, durationMs: options.durationMs });
          table[`${name}, concurrency ${concurrency}`] = await measure(inputs, concurrency, folder);
        }
      }
      console.table(table);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

/** Renders twice with one engine: the first time it is cold, the second time it is warm. */
async function measure(inputs: VideoInputs, concurrency: number, folder: string) {
  const startedAt = performance.now();
  const tree = watchProcessTree();
  const engine = await createEmbeddedEngine({ concurrency, scratchDir: join(folder, 'scratch') });
  const render = () =>
    engine.render({
      inputs,
      videoHash: videoHash(inputs),
      outputPath: join(folder, 'video.mp4'),
      signal: new AbortController().signal,
      onProgress() {},
    });
  await render();
  const coldSeconds = (performance.now() - startedAt) / 1_000;
  const cold = tree.stop();
  const warmTree = watchProcessTree();
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
    'peak RSS MiB': Math.round(Math.max(cold.peakMib, warm.peakMib)),
    'file MB': round(video.sizeBytes / 1e6),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
