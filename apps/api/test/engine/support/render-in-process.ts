/**
 * A process that renders one video and then ends: `node render-in-process.ts <folder> <concurrency> <durationMs>`. Writes a
 * line of JSON per frame, with the process ids of the FFmpegs that run.
 */
import { join } from 'node:path';
import { videoHash, videoInputs } from '@defrag/core';
import { createEmbeddedEngine } from '../../../src/engine/embedded/index.ts';

const [folder = '', concurrency, durationMs] = process.argv.slice(2);
const engine = await createEmbeddedEngine({
  concurrency: Number(concurrency),
  scratchDir: join(folder, 'scratch'),
});
const inputs = videoInputs({
  frictionScore: 100,
  pressureScore: 100,
  seed: 'test',
  durationMs: Number(durationMs),
});
await engine.render({
  inputs,
  videoHash: videoHash(inputs),
  outputPath: join(folder, 'video.mp4'),
  signal: new AbortController().signal,
  onProgress(framesDone) {
    const encoders = engine.pool.threads.flatMap(({ encoderPid }) => encoderPid ?? []);
    process.stdout.write(`${JSON.stringify({ framesDone, encoders })}\n`);
  },
});
await engine.close();
