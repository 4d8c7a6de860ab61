import { RenderManyRequestSchema, RenderManyResponseSchema } from '@defrag/core';
import { renderMany } from '../../../../pipeline/requests/render-many.ts';
import { adminProcedure } from '../../../init.ts';

/** Asks for the videos of several events at once. */
export const renderManyProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/api/v1/admin/render-videos',
      operationId: 'renderVideos',
      tags: ['Videos'],
      summary: 'Ask for the videos of up to 100 events',
      errorResponses: [400, 401, 403, 413, 415, 429, 500, 503],
    },
  })
  .input(RenderManyRequestSchema)
  .output(RenderManyResponseSchema)
  .mutation(async ({ ctx, input }) => {
    const results = await renderMany(ctx.services, {
      frictionIds: input.friction_ids,
      durationMs: input.duration_ms,
      forceRegenerate: input.force_regenerate,
    });
    const count = (status: (typeof results)[number]['status']) =>
      results.filter((result) => result.status === status).length;
    return { results, ready: count('READY'), queued: count('QUEUED'), refused: count('REFUSED') };
  });
