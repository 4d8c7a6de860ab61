import { objectKey } from '@defrag/core';
import { deleteVideo as deleteVideoRows, lockVideo } from '@defrag/db';
import { AppError } from '../../errors.ts';
import type { Services } from '../services.ts';

/**
 * Deletes a video: its file, then its rows and the history of its renders. While the rows are locked nobody can ask for the
 * video, so a file that a new render stores is never the one that is deleted. If the store fails nothing has changed; if only
 * the commit fails, the row names a file that is lost, which the next request finds and renders again.
 *
 * May be repeated; what a crash left in the store goes then as well.
 *
 * @returns `deleted: false` when there was no such video
 * @throws AppError CONFLICT while a render of it is queued or under way
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
        'The video is being rendered; cancel that first, and delete it when it has ended.',
      );
    }
    await services.store.delete(video?.objectKey ?? objectKey(hash));
    return (await deleteVideoRows(transaction, hash)) !== undefined;
  });
  if (deleted) services.logger.info({ video_hash: hash }, 'video deleted');
  return { hash, deleted };
}
