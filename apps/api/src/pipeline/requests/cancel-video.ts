import { findRenderProgress, requestCancel } from '@defrag/db';
import { AppError } from '../../errors.ts';
import type { Services } from '../services.ts';

/**
 * Cancels the render of a video that is queued or under way. A queued one ends at once, and the worker that gets its job
 * drops it; one in work is ended by its worker, in whichever process that is, at its next sign of progress.
 *
 * @returns `cancelled: false` when no render was under way
 * @throws AppError VIDEO_NOT_FOUND when nobody ever asked for this video
 */
export async function cancelVideo(
  services: Services,
  hash: string,
): Promise<{ hash: string; cancelled: boolean }> {
  if ((await findRenderProgress(services.database.orm, hash)) === undefined) {
    throw new AppError('VIDEO_NOT_FOUND', `There is no video ${hash}.`);
  }
  const cancel = await requestCancel(services.database.orm, hash);
  return { hash, cancelled: cancel !== undefined };
}
