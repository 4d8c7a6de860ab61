import { ListBackfillsRequestSchema, ListBackfillsResponseSchema } from '@defrag/core';
import { listBackfills } from '@defrag/db';
import { backfillDto } from '../../../dto/backfill.ts';
import { adminProcedure } from '../../../init.ts';

/** The newest backfills with their progress. */
export const listBackfillsProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/api/v1/admin/backfills',
      operationId: 'listBackfills',
      tags: ['System'],
      summary: 'List the newest backfills with their progress',
      errorResponses: [400, 401, 403, 429, 500, 503],
    },
  })
  .input(ListBackfillsRequestSchema.prefault({}))
  .output(ListBackfillsResponseSchema)
  .query(async ({ ctx, input }) => {
    const found = await listBackfills(ctx.services.database.orm, input.limit);
    return { items: found.map(backfillDto) };
  });
