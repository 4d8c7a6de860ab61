import { ByHashRequestSchema, RenderVideoResponseSchema } from '@defrag/core';
import { retryVideo } from '../../../../pipeline/requests/change-video.ts';
import { adminProcedure } from '../../../init.ts';

/** Asks again for a video whose render failed or was cancelled. */
export const retryVideoProcedure = adminProcedure
  .meta({
    queues: true,
    openapi: {
      method: 'POST',
      path: '/api/v1/admin/videos/{hash}/retry',
      operationId: 'retryVideo',
      tags: ['Videos'],
      summary: 'Ask again for a video whose render failed or was cancelled',
      errorResponses: [400, 401, 403, 404, 409, 429, 500, 503],
    },
  })
  .input(ByHashRequestSchema)
  .output(RenderVideoResponseSchema)
  .mutation(async ({ ctx, input }) => {
    const { url, status, hash } = await retryVideo(ctx.services, input.hash);
    return { url, status, hash };
  });
