import { BackfillByIdRequestSchema, BackfillSchema } from '@defrag/core';
import { fetchBackfill } from '../../../../pipeline/requests/backfill.ts';
import { backfillDto } from '../../../dto/backfill.ts';
import { adminProcedure } from '../../../init.ts';

/** One backfill with its progress. */
export const backfillByIdProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/api/v1/admin/backfills/{id}',
      operationId: 'getBackfill',
      tags: ['System'],
      summary: 'Read a backfill and its progress',
      errorResponses: [400, 401, 403, 404, 429, 500, 503],
    },
  })
  .input(BackfillByIdRequestSchema)
  .output(BackfillSchema)
  .query(async ({ ctx, input }) => backfillDto(await fetchBackfill(ctx.services, input.id)));
