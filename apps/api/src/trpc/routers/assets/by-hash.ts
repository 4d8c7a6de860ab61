import { AssetByHashRequestSchema, PublicAssetSchema } from '@defrag/core';
import { findPublicAsset, findVideo } from '@defrag/db';
import { AppError } from '../../../errors.ts';
import { publicAssetDto } from '../../dto/public-asset.ts';
import { publicProcedure } from '../../init.ts';

/** The public row of a still or video. For everybody. */
export const assetByHashProcedure = publicProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/api/v1/assets/{hash}',
      operationId: 'getAsset',
      tags: ['Assets'],
      protect: false,
      summary: 'Read the public row of an asset',
      errorResponses: [400, 404, 500, 503],
    },
  })
  .input(AssetByHashRequestSchema)
  .output(PublicAssetSchema)
  .query(async ({ ctx, input }) => {
    const { database, store } = ctx.services;
    const asset = await findPublicAsset(database.orm, input.hash);
    if (asset === undefined) throw new AppError('NOT_FOUND', 'There is no asset with this hash.');
    const isReadyVideo = asset.type === 'VIDEO' && asset.status === 'READY';
    const video = isReadyVideo ? await findVideo(database.orm, input.hash) : undefined;
    return publicAssetDto(store, asset, video?.details?.objectKey ?? null);
  });
