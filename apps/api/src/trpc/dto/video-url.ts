import type { AssetStatus } from '@defrag/core';
import type { VideoStore } from '../../store/store.ts';

/**
 * Where a video can be fetched now, or null unless it is READY. The store is asked rather than the row: the public base URL
 * may have changed since, and a signed URL expires.
 *
 * @param video.objectKey key in our store; null for a video of another system, whose row is all that is known
 */
export async function videoUrl(
  store: VideoStore,
  video: { status: AssetStatus; url: string | null; objectKey: string | null },
): Promise<string | null> {
  if (video.status !== 'READY') return null;
  return video.objectKey === null ? video.url : store.urlFor(video.objectKey);
}
