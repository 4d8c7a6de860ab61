import { eq } from '../drizzle.ts';
import type { Executor } from '../executor.ts';
import { assetCachePublic, type PublicAsset } from '../schema/asset-cache-public.ts';

/** The public row of a still or video, or undefined. */
export async function findPublicAsset(executor: Executor, hash: string): Promise<PublicAsset | undefined> {
  const [asset] = await executor.select().from(assetCachePublic).where(eq(assetCachePublic.hash, hash));
  return asset;
}
