import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { mustBe } from '../must-be.ts';
import { choice, request } from './builders.ts';
import { AssetStatusSchema, CachedHashSchema, TimestampSchema, VideoUrlSchema } from './primitives.ts';
import { ASSET_TYPES } from './statuses.ts';

/** Input of the procedures that take one video. */
export const ByHashRequestSchema = request({ hash: VideoHashSchema }).meta({ id: 'ByHashRequest' });

const assetHashMessage = mustBe('the hash of an asset: up to 200 letters, digits and punctuation marks');

/** Input of `assets.byHash`. The hash of a still has no fixed form. */
export const AssetByHashRequestSchema = request({
  hash: z
    .string(assetHashMessage)
    .regex(/^[\x21-\x7e]{1,200}$/, assetHashMessage)
    .describe('Hash of the asset; for a video, its video hash.'),
}).meta({ id: 'AssetByHashRequest' });

export const PublicAssetSchema = z
  .object({
    hash: CachedHashSchema,
    type: choice(ASSET_TYPES).meta({ example: 'VIDEO' }),
    status: AssetStatusSchema,
    url: VideoUrlSchema.nullable().describe('Null until the asset is READY.'),
    width: z.int().nullable().meta({ description: 'Pixels.', example: 1_920 }),
    height: z.int().nullable().meta({ description: 'Pixels.', example: 1_080 }),
    duration_seconds: z
      .int()
      .nullable()
      .meta({ description: 'Rounded to whole seconds; null for stills.', example: 6 }),
    updated_at: TimestampSchema,
  })
  .meta({ id: 'PublicAsset', description: 'The public data of an asset.' });
