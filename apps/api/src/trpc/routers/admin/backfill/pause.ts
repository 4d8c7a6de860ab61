import { BackfillByIdRequestSchema, BackfillSchema } from '@defrag/core';
import { changeBackfill } from '../../../../pipeline/requests/backfill.ts';
import { backfillDto } from '../../../dto/backfill.ts';
import { adminProcedure } from '../../../init.ts';

/** Lets a backfill hand out no more renders until it is resumed. */
export const pauseBackfillProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/api/v1/admin/backfills/{id}/pause',
      operationId: 'pauseBackfill',
      tags: ['System'],
      summary: 'Pause a backfill',
      errorResponses: [400, 401, 403, 404, 409, 429, 500, 503],
    },
  })
  .input(BackfillByIdRequestSchema)
  .output(BackfillSchema)
  .mutation(async ({ ctx, input }) => backfillDto(await changeBackfill(ctx.services, input.id, 'PAUSED')));
