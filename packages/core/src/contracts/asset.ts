import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { mustBe } from '../must-be.ts';
import { choice, request } from './builders.ts';
import { AssetStatusSchema, TimestampSchema } from './primitives.ts';
import { ASSET_TYPES } from './statuses.ts';

/** Input that names one video by its hash. */
export const ByHashRequestSchema = request({ hash: VideoHashSchema }).meta({ id: 'ByHashRequest' });

const assetHashMessage = mustBe('the hash of an asset: up to 200 letters, digits and punctuation marks');

/** Input of `assets.byHash`. The hash of a still may have any form. */
export const AssetByHashRequestSchema = request({
  hash: z
    .string(assetHashMessage)
    .regex(/^[\x21-\x7e]{1,200}$/, assetHashMessage)
    .describe('Hash of the asset; of a video, its video hash.'),
}).meta({ id: 'AssetByHashRequest' });

/** The public row of an asset: all that anybody may know of it. */
export const PublicAssetSchema = z
  .object({
    hash: z.string(),
    type: choice(ASSET_TYPES),
    status: AssetStatusSchema,
    url: z.string().nullable().describe('Null until the asset is READY.'),
    width: z.int().nullable().describe('Pixels.'),
    height: z.int().nullable().describe('Pixels.'),
    duration_seconds: z.int().nullable().describe('The nearest whole second; null for stills.'),
    updated_at: TimestampSchema,
  })
  .meta({ id: 'PublicAsset', description: 'The public row of an asset: all that anybody may know of it.' });

/** See {@link PublicAssetSchema}. */
export type PublicAsset = z.infer<typeof PublicAssetSchema>;
