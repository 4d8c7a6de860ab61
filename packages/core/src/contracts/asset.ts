import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { choice, integer, request, text } from './builders.ts';
import { AssetStatusSchema, CachedHashSchema, TimestampSchema, VideoUrlSchema } from './primitives.ts';
import { ASSET_TYPES } from './statuses.ts';

/** Input of the procedures that take one video. */
export const ByHashRequestSchema = request({ hash: VideoHashSchema }).meta({ id: 'ByHashRequest' });

/** The hash of a still has no fixed form. */
export const AssetByHashRequestSchema = request({
  hash: text(
    /^[\x21-\x7e]{1,200}$/,
    'the hash of an asset: up to 200 letters, digits and punctuation marks',
  ).describe('Hash of the asset; for a video, its video hash.'),
}).meta({ id: 'AssetByHashRequest' });

/** The public fields of an asset, which operators see too. */
export const assetShape = {
  hash: CachedHashSchema,
  status: AssetStatusSchema,
  url: VideoUrlSchema.nullable().describe('Null until READY.'),
  width: integer(1_920, 'Pixels.').nullable(),
  height: integer(1_080, 'Pixels.').nullable(),
  duration_seconds: integer(6, 'Rounded to whole seconds; null for stills.').nullable(),
  updated_at: TimestampSchema,
};

export const PublicAssetSchema = z
  .object({ ...assetShape, type: choice(ASSET_TYPES).meta({ example: 'VIDEO' }) })
  .meta({ id: 'PublicAsset', description: 'The public data of an asset.' });
