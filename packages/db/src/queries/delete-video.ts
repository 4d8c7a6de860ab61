import type { SQL } from 'drizzle-orm';
import { and, eq } from '../drizzle.ts';
import type { Executor } from '../executor.ts';
import { assetCachePublic } from '../schema/asset-cache-public.ts';
import { videoDetails } from '../schema/video-details.ts';
import { findActiveJobId } from './active-job.ts';

/**
 * Locks a video until the transaction ends, so that nobody can ask for its render or end one meanwhile.
 *
 * @returns the key of its file (null when unknown) and whether a render of it is still to end; undefined if there is no such
 * video
 */
export async function lockVideo(
  tx: Executor,
  hash: string,
): Promise<{ objectKey: string | null; isRendering: boolean } | undefined> {
  const [locked] = await tx
    .select({ hash: assetCachePublic.hash })
    .from(assetCachePublic)
    .where(isVideo(hash))
    .for('update');
  if (locked === undefined) return undefined;
  const [details] = await tx
    .select({ objectKey: videoDetails.objectKey })
    .from(videoDetails)
    .where(eq(videoDetails.hash, hash));
  return {
    objectKey: details?.objectKey ?? null,
    isRendering: (await findActiveJobId(tx, hash)) !== undefined,
  };
}

/**
 * Deletes a video from the cache with everything that hangs on it, and ends its active render: the worker hears of it at its
 * next progress report. To be called in a transaction. The file in the store stays.
 *
 * @returns the key of its file (null when unknown), or undefined if there is no such video
 */
export async function deleteVideo(
  tx: Executor,
  hash: string,
): Promise<{ objectKey: string | null } | undefined> {
  const locked = await lockVideo(tx, hash);
  if (locked === undefined) return undefined;
  await tx.delete(assetCachePublic).where(isVideo(hash));
  return { objectKey: locked.objectKey };
}

function isVideo(hash: string): SQL | undefined {
  return and(eq(assetCachePublic.hash, hash), eq(assetCachePublic.type, 'VIDEO'));
}
