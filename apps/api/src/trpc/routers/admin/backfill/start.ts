import { BackfillSchema, StartBackfillRequestSchema } from '@defrag/core';
import { startBackfill } from '../../../../pipeline/requests/backfill.ts';
import { backfillDto } from '../../../dto/backfill.ts';
import { adminProcedure } from '../../../init.ts';

/** Begins to render the videos of all events that are not READY. */
export const startBackfillProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/api/v1/admin/backfills',
      operationId: 'startBackfill',
      tags: ['System'],
      summary: 'Begin to render the videos of all events',
      errorResponses: [400, 401, 403, 409, 413, 415, 429, 500, 503],
    },
  })
  .input(StartBackfillRequestSchema.prefault({}))
  .output(BackfillSchema)
  .mutation(async ({ ctx, input }) =>
    backfillDto(
      await startBackfill(ctx.services, { durationMs: input.duration_ms, concurrency: input.concurrency }),
    ),
  );
