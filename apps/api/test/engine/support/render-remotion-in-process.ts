/**
 * A process that renders one video with the engine `remotion`: `node render-remotion-in-process.ts <folder> <bundles folder>`.
 * Writes a line of JSON per frame, with the ids of the processes that work for it.
 */
import { join } from 'node:path';
import { videoHash, videoInputs } from '@defrag/core';
import { pino } from 'pino';
import { createRemotionEngine } from '../../../src/engine/remotion/index.ts';

const [folder = '', bundlesDir = ''] = process.argv.slice(2);
const engine = await createRemotionEngine({
  concurrency: 1,
  scratchDir: join(folder, 'scratch'),
  bundlesDir,
  logger: pino({ level: 'silent' }),
});
const inputs = videoInputs({ frictionScore: 72, pressureScore: 55, seed: 'test', durationMs: 10_000 });
await engine.render({
  inputs,
  videoHash: videoHash(inputs),
  outputPath: join(folder, 'video.mp4'),
  signal: new AbortController().signal,
  onProgress(framesDone) {
    const helpers = engine.processes.flatMap(({ pid, browserPid }) => [pid, browserPid]);
    process.stdout.write(`${JSON.stringify({ framesDone, helpers })}\n`);
  },
});
await engine.close();
