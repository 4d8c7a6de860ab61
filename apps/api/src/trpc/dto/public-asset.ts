import type { PublicAsset as PublicAssetDto } from '@defrag/core';
import type { PublicAsset } from '@defrag/db';
import type { VideoStore } from '../../store/store.ts';
import { timestamp } from './timestamp.ts';
import { videoUrl } from './video-url.ts';

/**
 * What anybody may know of an asset.
 *
 * @param objectKey key in our store; null for what is not in it
 */
export async function publicAssetDto(
  store: VideoStore,
  asset: PublicAsset,
  objectKey: string | null,
): Promise<PublicAssetDto> {
  return {
    hash: asset.hash,
    type: asset.type,
    status: asset.status,
    url: await videoUrl(store, { ...asset, objectKey }),
    width: asset.width,
    height: asset.height,
    duration_seconds: asset.durationSeconds,
    updated_at: timestamp(asset.updatedAt),
  };
}
