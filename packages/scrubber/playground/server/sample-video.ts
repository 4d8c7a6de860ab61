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
 * A video of high scores as the product renders it. Kept in `node_modules/.cache`; rendered in some seconds when it is not
 * there.
 *
 * @returns absolute path of an MP4 of 1920x1080 at 30 frames a second
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
