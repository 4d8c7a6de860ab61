import { RenderVideoRequestSchema, RenderVideoResponseSchema } from '@defrag/core';
import { renderVideo } from '../../../pipeline/requests/render-video.ts';
import { adminProcedure } from '../../init.ts';

/** Asks for the video of a friction event: from the cache, or by rendering it. */
export const renderVideoProcedure = adminProcedure
  .meta({
    queues: true,
    openapi: {
      method: 'POST',
      path: '/api/v1/admin/render-video',
      operationId: 'renderVideo',
      tags: ['Videos'],
      summary: 'Ask for the video of a friction event',
      description:
        'Answers 200 READY when the video is in the cache, else 202 QUEUED: then the video is on its way to the URL of the ' +
        'answer. Any number of equal requests make one render.',
      errorResponses: [400, 401, 403, 404, 409, 413, 415, 429, 500, 503],
    },
  })
  .input(RenderVideoRequestSchema)
  .output(RenderVideoResponseSchema)
  .mutation(async ({ ctx, input, signal }) => {
    const { url, status, hash } = await renderVideo(ctx.services, {
      frictionId: input.friction_id,
      durationMs: input.duration_ms,
      forceRegenerate: input.force_regenerate,
      waitSeconds: ctx.waitSeconds ?? 0,
      signal: signal === undefined ? ctx.shutdown : AbortSignal.any([signal, ctx.shutdown]),
    });
    return { url, status, hash };
  });
