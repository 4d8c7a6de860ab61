import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { AssetStatusSchema, TimestampSchema } from './primitives.ts';

/** Input that names one video by its hash. */
export const ByHashRequestSchema = z.strictObject({ hash: VideoHashSchema });

/** The public row of an asset: all that anybody may know of it. */
export const PublicAssetSchema = z.object({
  hash: z.string(),
  type: z.enum(['STILL', 'VIDEO']),
  status: AssetStatusSchema,
  /** Null until the asset is READY. */
  url: z.string().nullable(),
  /** Pixels. */
  width: z.int().nullable(),
  /** Pixels. */
  height: z.int().nullable(),
  /** The nearest whole second; null for stills. */
  duration_seconds: z.int().nullable(),
  updated_at: TimestampSchema,
});

/** See {@link PublicAssetSchema}. */
export type PublicAsset = z.infer<typeof PublicAssetSchema>;
