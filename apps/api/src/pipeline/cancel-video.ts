import { cancelRender, findRenderProgress, requestCancel } from '@defrag/db';
import { AppError } from '../errors.ts';
import type { Services } from './services.ts';

/**
 * Cancels the render of a video that is queued or under way. A queued one ends at once; one in work is ended by its worker,
 * in whichever process that is, at its next sign of progress.
 *
 * @returns `cancelled: false` when no render was under way
 * @throws AppError VIDEO_NOT_FOUND when nobody ever asked for this video
 */
export async function cancelVideo(
  services: Services,
  hash: string,
): Promise<{ hash: string; cancelled: boolean }> {
  const progress = await findRenderProgress(services.database.orm, hash);
  if (progress === undefined) throw new AppError('VIDEO_NOT_FOUND', `There is no video ${hash}.`);
  const job = progress.job;
  if (job === null || (job.state !== 'QUEUED' && job.state !== 'RENDERING'))
    return { hash, cancelled: false };
  if (job.state === 'RENDERING') return { hash, cancelled: await requestCancel(services.database.orm, hash) };
  const cancelled = await services.database.transaction((transaction) =>
    cancelRender(transaction, { jobId: job.id, hash }),
  );
  // After the commit: a job that stays in the queue by a crash here is found CANCELLED by its worker and dropped.
  if (cancelled) await services.queue.remove(job.id);
  return { hash, cancelled };
}
