import { parseCanonicalInputs, RENDERER_VERSION } from '@defrag/core';
import type { RenderEngine } from '../../engine/engine.ts';
import type { Env } from '../../env.ts';
import { AppError } from '../../errors.ts';
import type { DataDir } from '../../files/data-dir.ts';
import { claimScratchFolder } from '../../files/scratch-folder.ts';
import { createLogger } from '../../logger.ts';
import { openLocalEngine } from '../../process/open-engine.ts';
import type { ProgressListener, Verification } from './renderer.ts';

/** What is known of a video that is to be rendered again; null where it was never finished or another system made it. */
export interface StoredVideo {
  readonly hash: string;
  readonly canonicalInputs: string | null;
  readonly contentSha256: string | null;
  readonly engine: string | null;
  readonly rendererVersion: string | null;
}

/**
 * Renders a stored video once more from its own inputs, in this process, and compares nothing but digests: no job is made, and
 * neither database nor store is touched.
 *
 * @throws AppError CONFLICT for a video that was never finished or was made by something else; RENDER_ codes of the engine
 */
export async function renderAgain(
  video: StoredVideo,
  place: { env: Env; dataDir: DataDir },
  onProgress: ProgressListener,
  signal: AbortSignal,
): Promise<Verification> {
  const { hash, canonicalInputs, contentSha256 } = video;
  if (canonicalInputs === null || contentSha256 === null) {
    throw new AppError('CONFLICT', `The video ${hash} was never finished; there is nothing to compare with.`);
  }
  if (place.env.RENDER_ENGINE === 'lambda') {
    throw new AppError(
      'CONFLICT',
      'Renders on AWS Lambda cannot be verified here: each one belongs to a job, and is charged for. Force a new one instead.',
    );
  }
  const { env, dataDir } = place;
  const logger = createLogger({ level: env.LOG_LEVEL ?? 'warn', destination: 'stderr' });
  const engine = await openLocalEngine(env, dataDir, logger);
  try {
    if (video.rendererVersion !== RENDERER_VERSION || video.engine !== engine.name) {
      throw new AppError(
        'CONFLICT',
        `The video ${hash} was made by ${video.engine}, ${video.rendererVersion}; this is ${engine.name}, ${RENDERER_VERSION}.`,
      );
    }
    const stored = { canonicalInputs, scratchDir: dataDir.scratchDir };
    const renderedSha256 = await digestOf(engine, stored, onProgress, signal);
    return { storedSha256: contentSha256, renderedSha256 };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await engine.close();
  }
}

async function digestOf(
  engine: RenderEngine,
  video: { canonicalInputs: string; scratchDir: string },
  onProgress: ProgressListener,
  signal: AbortSignal,
): Promise<string> {
  const scratches = await claimScratchFolder(video.scratchDir);
  try {
    const rendered = await scratches.withFolder((scratch) =>
      engine.render({
        inputs: parseCanonicalInputs(video.canonicalInputs),
        scratch,
        signal,
        onProgress,
      }),
    );
    return rendered.contentSha256;
  } finally {
    await scratches.release();
  }
}
