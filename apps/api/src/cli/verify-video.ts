import { parseCanonicalInputs, RENDERER_VERSION } from '@defrag/core';
import { findVideo } from '@defrag/db';
import { AppError } from '../errors.ts';
import { claimScratchFolder } from '../files/scratch-folder.ts';
import { openLocalEngine } from '../process/open-engine.ts';
import type { LocalProcess } from './open-local.ts';
import type { ProgressListener } from './render-video.ts';

/** SHA-256 of a stored video and of a fresh render of the same inputs, 64 hexadecimal digits each. */
export interface Verification {
  readonly storedSha256: string;
  readonly renderedSha256: string;
}

/**
 * Renders a stored video again from its own inputs, in this process, and compares the digests. It makes no job and changes
 * neither database nor store.
 *
 * @throws AppError VIDEO_NOT_FOUND; CONFLICT for a video that was never finished, or was made by another engine or renderer
 * version; RENDER_ codes of the engine; InterruptedError when the signal aborts
 */
export async function verifyVideo(
  { env, dataDir, services }: LocalProcess,
  hash: string,
  onProgress: ProgressListener,
  signal: AbortSignal,
): Promise<Verification> {
  signal.throwIfAborted();
  const video = await findVideo(services.database.orm, hash);
  if (video === undefined) throw new AppError('VIDEO_NOT_FOUND', `There is no video ${hash}.`);
  const { canonical, details } = video;
  const storedSha256 = details?.contentSha256;
  if (canonical === null || details === null || storedSha256 == null) {
    throw new AppError('CONFLICT', `The video ${hash} was never finished; there is nothing to compare with.`);
  }
  if (env.RENDER_ENGINE === 'lambda') {
    throw new AppError(
      'CONFLICT',
      'Renders on AWS Lambda cannot be verified here: each belongs to a job and costs money. Use render --force instead.',
    );
  }
  const engine = await openLocalEngine(env, dataDir, services.logger);
  const scratch = await claimScratchFolder(dataDir.scratchDir);
  try {
    if (details.rendererVersion !== RENDERER_VERSION || details.engine !== engine.name) {
      throw new AppError(
        'CONFLICT',
        `The video ${hash} was made by ${details.engine}, ${details.rendererVersion}; this is ${engine.name}, ${RENDERER_VERSION}.`,
      );
    }
    const rendered = await scratch.withFolder((folder) =>
      engine.render({ inputs: parseCanonicalInputs(canonical), scratch: folder, signal, onProgress }),
    );
    return { storedSha256, renderedSha256: rendered.contentSha256 };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await engine.close();
    await scratch.release();
  }
}
