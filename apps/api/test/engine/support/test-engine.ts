import { onTestFinished } from 'vitest';
import { createEmbeddedEngine, type EmbeddedEngineOptions } from '../../../src/engine/embedded/index.ts';
import { testPlace } from './test-place.ts';

/** A real engine in a folder of its own; closed after the test. */
export async function startTestEngine(options: Partial<EmbeddedEngineOptions> = {}) {
  const place = await testPlace(options);
  const engine = await createEmbeddedEngine({ concurrency: 2, ...options, scratchDir: place.scratchDir });
  onTestFinished(() => engine.close());
  return { engine, ...place };
}
