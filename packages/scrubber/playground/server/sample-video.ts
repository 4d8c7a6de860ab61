import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmbeddedEngine } from '@defrag/api/embedded-engine';
import { videoHash, videoInputs } from '@defrag/core';

const FOLDER = fileURLToPath(new URL('../../../../node_modules/.cache/playground', import.meta.url));

const INPUTS = videoInputs({ frictionScore: 93, pressureScore: 90, seed: 'playground' });

/**
 * A video with high scores as the product renders it, cached in `node_modules/.cache`.
 *
 * @returns absolute path of an MP4, 1920x1080 at 30 frames per second
 */
export async function sampleVideo(): Promise<string> {
  const hash = videoHash(INPUTS);
  const path = join(FOLDER, `${hash}.mp4`);
  if (existsSync(path)) return path;
  await mkdir(FOLDER, { recursive: true });
  const engine = await createEmbeddedEngine({
    concurrency: Math.min(cpus().length, 8),
    scratchDir: join(FOLDER, 'scratch'),
  });
  try {
    await engine.render({
      inputs: INPUTS,
      videoHash: hash,
      outputPath: path,
      signal: new AbortController().signal,
      onProgress() {},
    });
  } finally {
    await engine.close();
  }
  return path;
}
