import { BackfillByIdRequestSchema, BackfillSchema } from '@defrag/core';
import { changeBackfill } from '../../../../pipeline/requests/backfill.ts';
import { backfillDto } from '../../../dto/backfill.ts';
import { adminProcedure } from '../../../init.ts';

/** Lets a paused backfill go on. */
export const resumeBackfillProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/api/v1/admin/backfills/{id}/resume',
      operationId: 'resumeBackfill',
      tags: ['System'],
      summary: 'Let a paused backfill go on',
      errorResponses: [400, 401, 403, 404, 409, 429, 500, 503],
    },
  })
  .input(BackfillByIdRequestSchema)
  .output(BackfillSchema)
  .mutation(async ({ ctx, input }) => backfillDto(await changeBackfill(ctx.services, input.id, 'RUNNING')));
