import { ListVideosRequestSchema, ListVideosResponseSchema } from '@defrag/core';
import { listVideos } from '@defrag/db';
import { videoDto } from '../../../dto/video.ts';
import { adminProcedure } from '../../../init.ts';
import { videoFilters } from '../../../video-filters.ts';

/** One page of videos by the time they were first asked for. */
export const listVideosProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/api/v1/admin/videos',
      operationId: 'listVideos',
      tags: ['Videos'],
      summary: 'List videos, newest first',
      errorResponses: [400, 401, 403, 429, 500, 503],
    },
  })
  .input(ListVideosRequestSchema.prefault({}))
  .output(ListVideosResponseSchema)
  .query(async ({ ctx, input }) => {
    const { items, nextCursor } = await listVideos(ctx.services.database.orm, {
      limit: input.limit,
      cursor: input.cursor ?? undefined,
      direction: input.direction,
      filters: { ...videoFilters(input), status: input.status },
    });
    return {
      items: await Promise.all(items.map((video) => videoDto(ctx.services.store, video))),
      next_cursor: nextCursor,
    };
  });
