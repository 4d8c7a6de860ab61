import { ByHashRequestSchema, VideoDetailSchema } from '@defrag/core';
import { AppError } from '../../../../errors.ts';
import { readVideoDetail } from '../../../dto/video-detail.ts';
import { adminProcedure } from '../../../init.ts';

/** One video with its canonical inputs and its renders. */
export const videoByHashProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/api/v1/admin/videos/{hash}',
      operationId: 'getVideo',
      tags: ['Videos'],
      summary: 'Read a video, its canonical inputs and its renders',
      errorResponses: [400, 401, 403, 404, 429, 500, 503],
    },
  })
  .input(ByHashRequestSchema)
  .output(VideoDetailSchema)
  .query(async ({ ctx, input }) => {
    const video = await readVideoDetail(ctx.services, input.hash);
    if (video === undefined) throw new AppError('VIDEO_NOT_FOUND', `There is no video ${input.hash}.`);
    return video;
  });
