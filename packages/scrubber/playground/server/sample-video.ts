import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmbeddedEngine } from '@defrag/api/embedded-engine';
import { videoInputs } from '@defrag/core';

const FOLDER = fileURLToPath(new URL('../../../../node_modules/.cache/playground', import.meta.url));

const INPUTS = videoInputs({ frictionScore: 93, pressureScore: 90, seed: 'playground' });

/**
 * A video with high scores as the product renders it, cached in `node_modules/.cache`.
 *
 * @returns absolute path of an MP4, 1920x1080 at 30 frames per second
 */
export async function sampleVideo(): Promise<string> {
  const path = join(FOLDER, `${INPUTS.hash}.mp4`);
  if (existsSync(path)) return path;
  await mkdir(FOLDER, { recursive: true });
  const scratch = await mkdtemp(join(FOLDER, 'scratch-'));
  const engine = createEmbeddedEngine({ concurrency: Math.min(cpus().length, 8) });
  try {
    const video = await engine.render({
      inputs: INPUTS,
      scratch,
      signal: new AbortController().signal,
      onProgress() {},
    });
    await rename(video.path, path);
  } finally {
    await engine.close();
    await rm(scratch, { recursive: true });
  }
  return path;
}
