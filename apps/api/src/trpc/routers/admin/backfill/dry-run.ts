import { BackfillDryRunRequestSchema, BackfillDryRunSchema, RENDERER_VERSION } from '@defrag/core';
import { planBackfill } from '../../../../pipeline/requests/backfill.ts';
import { adminProcedure } from '../../../init.ts';

/** Tells what a backfill would do, and does nothing. */
export const dryRunBackfillProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/api/v1/admin/backfills/dry-run',
      operationId: 'planBackfill',
      tags: ['System'],
      summary: 'Tell what a backfill would render',
      errorResponses: [400, 401, 403, 429, 500, 503],
    },
  })
  .input(BackfillDryRunRequestSchema.prefault({}))
  .output(BackfillDryRunSchema)
  .query(async ({ ctx, input }) => {
    const { events, videos, ready, underWay } = await planBackfill(ctx.services, input.duration_ms);
    return {
      renderer_version: RENDERER_VERSION,
      duration_ms: input.duration_ms,
      events,
      videos,
      ready,
      under_way: underWay,
      to_render: videos - ready,
    };
  });
