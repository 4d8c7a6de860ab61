import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { videoHash, videoInputs } from '@defrag/core';
import type { RenderRequest } from '../../../src/engine/engine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A folder for an engine of a test, with a scratch folder in it unless another one is named. Gone after the test. */
export async function testPlace(options: { scratchDir?: string } = {}) {
  const folder = await temporaryFolder();
  const scratchDir = options.scratchDir ?? join(folder, 'scratch');
  return {
    folder,
    scratchDir,
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
      const entries = await readdir(scratchDir, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
  };
}
