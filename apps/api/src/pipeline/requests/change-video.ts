import { objectKey, parseCanonicalInputs } from '@defrag/core';
import {
  deleteVideo as deleteVideoRows,
  findCanonicalInputs,
  findRenderProgress,
  lockVideo,
  requestCancel,
} from '@defrag/db';
import { AppError } from '../../errors.ts';
import { fetchFrictionEvent, inputsOf } from '../friction-event.ts';
import type { Services } from '../services.ts';
import { type RequestedVideo, renderVideo } from './render-video.ts';

/**
 * Cancels the video's active job. A queued job ends at once. A running one is ended by its worker, in whichever process, the next
 * time the worker writes its progress.
 *
 * @returns `cancelled: false` when no job was active
 * @throws AppError VIDEO_NOT_FOUND when the video was never requested
 */
export async function cancelVideo(
  services: Services,
  hash: string,
): Promise<{ hash: string; cancelled: boolean }> {
  if ((await findRenderProgress(services.database.orm, hash)) === undefined) throw notFound(hash);
  const cancel = await requestCancel(services.database.orm, hash);
  return { hash, cancelled: cancel !== undefined };
}

/**
 * Deletes a video: its file, then its rows and the history of its jobs. While the rows are locked nobody can request the video, so
 * the deleted file is never that of a new render. If the store fails, nothing has changed. If only the commit fails, the row names a
 * lost file, which the next request finds and renders again.
 *
 * May be repeated, and then also removes what a crash left in the store.
 *
 * @returns `deleted: false` when there was no such video
 * @throws AppError CONFLICT while a job of the video is active
 */
export async function deleteVideo(
  services: Services,
  hash: string,
): Promise<{ hash: string; deleted: boolean }> {
  const deleted = await services.database.transaction(async (transaction) => {
    const video = await lockVideo(transaction, hash);
    if (video?.isRendering) {
      throw new AppError(
        'CONFLICT',
        'The video is being rendered. Cancel the render, and delete the video when the render has ended.',
      );
    }
    await services.store.delete(video?.objectKey ?? objectKey(hash));
    return (await deleteVideoRows(transaction, hash)) !== undefined;
  });
  if (deleted) services.logger.info({ video_hash: hash }, 'video deleted');
  return { hash, deleted };
}

/**
 * Requests a video again whose render failed or was cancelled.
 *
 * @throws AppError VIDEO_NOT_FOUND; CONFLICT when the event or the renderer version has changed, so that a render would have another
 *   hash
 */
export async function retryVideo(services: Services, hash: string): Promise<RequestedVideo> {
  const { orm } = services.database;
  const [progress, canonical] = await Promise.all([
    findRenderProgress(orm, hash),
    findCanonicalInputs(orm, hash),
  ]);
  if (progress?.job == null || canonical === undefined) throw notFound(hash);
  const { frictionId, forced } = progress.job;
  const { durationMs } = parseCanonicalInputs(canonical);
  const event = await fetchFrictionEvent(services, frictionId);
  if (inputsOf(event, durationMs).hash !== hash) {
    throw new AppError(
      'CONFLICT',
      'The friction event or the renderer has changed. Request a new video of the event instead.',
    );
  }
  // Of a READY video only a forced render can have failed; without force there would be nothing to do.
  return renderVideo(services, { frictionId, durationMs, forceRegenerate: forced, waitSeconds: 0 });
}

function notFound(hash: string): AppError {
  return new AppError('VIDEO_NOT_FOUND', `There is no video ${hash}.`);
}
