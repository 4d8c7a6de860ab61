import { ByHashRequestSchema, DeleteVideoResponseSchema } from '@defrag/core';
import { deleteVideo } from '../../../../pipeline/requests/change-video.ts';
import { adminProcedure } from '../../../init.ts';

/** Deletes a video: its file, its rows and the history of its renders. */
export const deleteVideoProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'DELETE',
      path: '/api/v1/admin/videos/{hash}',
      operationId: 'deleteVideo',
      tags: ['Videos'],
      summary: 'Delete a video, its file and the history of its renders',
      description: 'Refused with 409 while a render is queued or under way. May be repeated.',
      errorResponses: [400, 401, 403, 409, 429, 500, 503],
    },
  })
  .input(ByHashRequestSchema)
  .output(DeleteVideoResponseSchema)
  .mutation(({ ctx, input }) => deleteVideo(ctx.services, input.hash));
