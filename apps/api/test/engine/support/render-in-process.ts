/**
 * Renders one video in this process: `node render-in-process.ts <engine> <folder> <bundles folder> <durationMs>`. Prints a
 * line of JSON per frame, with the ids of its helper processes.
 */
import { videoInputs } from '@defrag/core';
import { pino } from 'pino';

const [name = '', scratch = '', bundlesDir = '', durationMs] = process.argv.slice(2);
const { engine, helpers } = name === 'embedded' ? await openEmbedded() : await openRemotion();
await engine.render({
  inputs: videoInputs({
    frictionScore: 100,
    pressureScore: 100,
    seed: 'test',
    durationMs: Number(durationMs),
  }),
  scratch,
  signal: new AbortController().signal,
  onProgress(framesDone) {
    process.stdout.write(`${JSON.stringify({ framesDone, helpers: helpers() })}\n`);
  },
});
await engine.close();

async function openEmbedded() {
  const { createEmbeddedEngine } = await import('../../../src/engine/embedded/index.ts');
  const engine = createEmbeddedEngine({ concurrency: 2 });
  return { engine, helpers: () => [...engine.workers.encoderPids] };
}

async function openRemotion() {
  const { createRemotionEngine } = await import('../../../src/engine/remotion/index.ts');
  const logger = pino({ level: 'silent' });
  const engine = await createRemotionEngine({ concurrency: 1, bundlesDir, logger });
  const helpers = () => [...engine.processes].flatMap(({ pid, browserPid }) => [pid, browserPid]);
  return { engine, helpers };
}
