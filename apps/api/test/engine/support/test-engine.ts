import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { videoHash, videoInputs } from '@defrag/core';
import { onTestFinished } from 'vitest';
import { createEmbeddedEngine, type EmbeddedEngineOptions } from '../../../src/engine/embedded/index.ts';
import type { RenderRequest } from '../../../src/engine/engine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A real engine in a folder of its own; closed after the test. */
export async function startTestEngine(options: Partial<EmbeddedEngineOptions> = {}) {
  const folder = await temporaryFolder();
  const scratchDir = join(folder, 'scratch');
  const engine = await createEmbeddedEngine({ concurrency: 2, scratchDir, ...options });
  onTestFinished(() => engine.close());
  return {
    engine,
    folder,
    /** A video with many lines, one second long unless said otherwise. */
    request(overrides: Partial<RenderRequest> & { durationMs?: number } = {}): RenderRequest {
      const { durationMs = 1_000, ...rest } = overrides;
      const inputs = videoInputs({ frictionScore: 72, pressureScore: 55, seed: 'test', durationMs });
      return {
        inputs,
        videoHash: videoHash(inputs),
        outputPath: join(folder, 'video.mp4'),
        signal: new AbortController().signal,
        onProgress() {},
        ...rest,
      };
    },
    /** Files that are in the scratch folder, at any depth. */
    async scratchFiles(): Promise<string[]> {
      const entries = await readdir(options.scratchDir ?? scratchDir, {
        recursive: true,
        withFileTypes: true,
      });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
  };
}
