import { BackfillByIdRequestSchema, BackfillSchema } from '@defrag/core';
import { changeBackfill } from '../../../../pipeline/requests/backfill.ts';
import { backfillDto } from '../../../dto/backfill.ts';
import { adminProcedure } from '../../../init.ts';

/** Ends a backfill; renders that were handed out end by themselves. */
export const cancelBackfillProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/api/v1/admin/backfills/{id}/cancel',
      operationId: 'cancelBackfill',
      tags: ['System'],
      summary: 'End a backfill',
      errorResponses: [400, 401, 403, 404, 409, 429, 500, 503],
    },
  })
  .input(BackfillByIdRequestSchema)
  .output(BackfillSchema)
  .mutation(async ({ ctx, input }) => backfillDto(await changeBackfill(ctx.services, input.id, 'CANCELLED')));
