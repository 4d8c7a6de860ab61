import { parseCanonicalInputs, videoHash } from '@defrag/core';
import { findCanonicalInputs, findRenderProgress } from '@defrag/db';
import { AppError } from '../../errors.ts';
import { fetchFrictionEvent, inputsOf } from '../friction-event.ts';
import type { Services } from '../services.ts';
import { type RenderVideoResult, renderVideo } from './render-video.ts';

/**
 * Asks again for a video whose render failed or was cancelled.
 *
 * @throws AppError VIDEO_NOT_FOUND; CONFLICT when the event or the renderer version has changed since, so that this hash
 * can not come out any more
 */
export async function retryVideo(services: Services, hash: string): Promise<RenderVideoResult> {
  const [progress, canonical] = await Promise.all([
    findRenderProgress(services.database.orm, hash),
    findCanonicalInputs(services.database.orm, hash),
  ]);
  if (progress?.job == null || canonical === undefined) {
    throw new AppError('VIDEO_NOT_FOUND', `There is no video ${hash}.`);
  }
  const { frictionId } = progress.job;
  const { durationMs } = parseCanonicalInputs(canonical);
  const event = await fetchFrictionEvent(services, frictionId);
  if (videoHash(inputsOf(event, durationMs)) !== hash) {
    throw new AppError(
      'CONFLICT',
      'The friction event or the renderer has changed since; ask for a video of the event instead.',
    );
  }
  return renderVideo(services, {
    frictionId,
    durationMs,
    // Of a READY video only a forced render can have failed; without force there would be nothing to do again.
    forceRegenerate: progress.job.forced,
    waitSeconds: 0,
  });
}
