import { createFrameSource } from '@defrag/composition/headless';
import { deriveMotion, durationInFrames, frameProgress, VIDEO_FORMAT } from '@defrag/core';
import { Command } from 'commander';
import { BENCHMARK_SCORES, BENCHMARK_SEED } from './scores.ts';
import { mean, quantile } from './statistics.ts';

/** Frames drawn before measuring, so that the functions are compiled, as in a warm worker. */
const WARM_UP_FRAMES = 60;

export const drawCommand = new Command('draw')
  .description('processor time to draw one frame of 1920x1080, in milliseconds')
  .action(async () => {
    const { width, height, defaultDurationMs } = VIDEO_FORMAT;
    const frames = durationInFrames(defaultDurationMs);
    const source = await createFrameSource({ width, height });
    const table: Record<string, Record<string, number>> = {};
    for (const { name, ...scores } of BENCHMARK_SCORES) {
      const profile = deriveMotion(scores, BENCHMARK_SEED);
      for (let frame = 0; frame < WARM_UP_FRAMES; frame += 1) source.draw(profile, frame / WARM_UP_FRAMES);
      const times: number[] = [];
      for (let frame = 0; frame < frames; frame += 1) {
        // Wall-clock time would include other processes.
        const start = process.cpuUsage();
        source.draw(profile, frameProgress(frame, frames));
        const { user, system } = process.cpuUsage(start);
        times.push((user + system) / 1_000);
      }
      table[name] = {
        mean: round(mean(times)),
        p95: round(quantile(times, 0.95)),
        max: round(Math.max(...times)),
      };
    }
    source.dispose();
    console.table(table);
  });

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
