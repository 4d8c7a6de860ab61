import { VideoTotalsRequestSchema, VideoTotalsSchema } from '@defrag/core';
import { countVideos } from '@defrag/db';
import { adminProcedure } from '../../../init.ts';
import { videoFilters } from '../../../video-filters.ts';

/** How many videos there are in each status, and what they take in the store. */
export const videoTotalsProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/api/v1/admin/videos/totals',
      operationId: 'getVideoTotals',
      tags: ['Videos'],
      summary: 'Count the videos by status, and their bytes',
      errorResponses: [400, 401, 403, 429, 500, 503],
    },
  })
  .input(VideoTotalsRequestSchema.prefault({}))
  .output(VideoTotalsSchema)
  .query(async ({ ctx, input }) => {
    const { byStatus, storedBytes } = await countVideos(ctx.services.database.orm, videoFilters(input));
    const videos = byStatus.MISSING + byStatus.QUEUED + byStatus.READY + byStatus.FAILED;
    return { videos, by_status: byStatus, stored_bytes: storedBytes };
  });
