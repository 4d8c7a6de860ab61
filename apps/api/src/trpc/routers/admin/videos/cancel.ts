import { ByHashRequestSchema, CancelVideoResponseSchema } from '@defrag/core';
import { cancelVideo } from '../../../../pipeline/requests/change-video.ts';
import { adminProcedure } from '../../../init.ts';

/** Cancels a render that is queued or under way. */
export const cancelVideoProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/api/v1/admin/videos/{hash}/cancel',
      operationId: 'cancelVideo',
      tags: ['Videos'],
      summary: 'Cancel the render of a video',
      description: 'A render in work is ended by its worker, a moment after the answer.',
      errorResponses: [400, 401, 403, 404, 429, 500, 503],
    },
  })
  .input(ByHashRequestSchema)
  .output(CancelVideoResponseSchema)
  .mutation(({ ctx, input }) => cancelVideo(ctx.services, input.hash));
