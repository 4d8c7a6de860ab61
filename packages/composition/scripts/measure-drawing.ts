/**
 * Measures the mean and maximum CPU time to draw a frame of a 180-frame video at 1920x1080. CPU time, because other work on the
 * machine would distort wall-clock time.
 *
 *   node scripts/measure-drawing.ts [--seed text]
 */
import { parseArgs } from 'node:util';
import { deriveMotion, frameProgress, VIDEO_FORMAT } from '@defrag/core';
import { createFrameSource } from '../src/hosts/headless.ts';

const FRAMES = 180;
const PAIRS = [
  [0, 0],
  [10, 10],
  [50, 50],
  [93, 90],
  [100, 0],
  [0, 100],
  [100, 100],
] as const;

const { values: options } = parseArgs({ options: { seed: { type: 'string', default: 'measure' } } });
const source = await createFrameSource({ width: VIDEO_FORMAT.width, height: VIDEO_FORMAT.height });
const drawTimed = (profile: ReturnType<typeof deriveMotion>, progress: number): number => {
  const start = process.cpuUsage();
  source.draw(profile, progress);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
};

// Warm up the JIT compiler, as a worker that draws a whole video does.
const warmUp = deriveMotion({ frictionScore: 60, pressureScore: 60 }, 'warm-up');
for (let frame = 0; frame < 60; frame += 1) drawTimed(warmUp, frameProgress(frame, 60));

for (const [frictionScore, pressureScore] of PAIRS) {
  const profile = deriveMotion({ frictionScore, pressureScore }, options.seed);
  const times = Array.from({ length: FRAMES }, (_, frame) =>
    drawTimed(profile, frameProgress(frame, FRAMES)),
  );
  const mean = times.reduce((sum, time) => sum + time, 0) / FRAMES;
  const slowest = times.indexOf(Math.max(...times));
  process.stdout.write(
    `friction ${frictionScore}, pressure ${pressureScore}: mean ${mean.toFixed(1)} ms, ` +
      `max ${(times[slowest] as number).toFixed(1)} ms (frame ${slowest}), frame 0 ${(times[0] as number).toFixed(1)} ms\n`,
  );
}
source.dispose();
