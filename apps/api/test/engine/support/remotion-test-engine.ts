import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createRemotionEngine, type RemotionEngineOptions } from '../../../src/engine/remotion/index.ts';
import { testPlace } from './test-place.ts';

/** Where the tests keep the bundle of the composition: bundling takes seconds, and the key knows of every change. */
export const TEST_BUNDLES_DIR = fileURLToPath(
  new URL('../../../node_modules/.cache/remotion-bundles', import.meta.url),
);

/** A real engine `remotion` in a folder of its own; closed after the test. */
export async function startRemotionTestEngine(options: Partial<RemotionEngineOptions> = {}) {
  const place = await testPlace(options);
  const engine = await createRemotionEngine({
    concurrency: 2,
    bundlesDir: TEST_BUNDLES_DIR,
    logger: pino({ level: 'silent' }),
    ...options,
    scratchDir: place.scratchDir,
  });
  onTestFinished(() => engine.close());
  return { engine, ...place };
}
