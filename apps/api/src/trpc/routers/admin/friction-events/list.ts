import {
  ListFrictionEventsRequestSchema,
  ListFrictionEventsResponseSchema,
  RENDERER_VERSION,
} from '@defrag/core';
import { listFrictionEvents } from '@defrag/db';
import { frictionEventDto } from '../../../dto/friction-event.ts';
import { adminProcedure } from '../../../init.ts';

/** One page of friction events, each with where its video stands. */
export const listFrictionEventsProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/api/v1/admin/friction-events',
      operationId: 'listFrictionEvents',
      tags: ['Friction events'],
      summary: 'List friction events with the state of their videos',
      errorResponses: [400, 401, 403, 429, 500, 503],
    },
  })
  .input(ListFrictionEventsRequestSchema.prefault({}))
  .output(ListFrictionEventsResponseSchema)
  .query(async ({ ctx, input }) => {
    const { items, nextCursor } = await listFrictionEvents(ctx.services.database.orm, {
      limit: input.limit,
      cursor: input.cursor ?? undefined,
      sort: input.sort,
      direction: input.direction,
      filters: {
        minFrictionScore: input.min_friction_score,
        maxFrictionScore: input.max_friction_score,
        minPressureScore: input.min_pressure_score,
        maxPressureScore: input.max_pressure_score,
        dateFrom: input.date_from,
        dateTo: input.date_to,
        fidelityBucket: input.fidelity_bucket,
        videoStatus: input.video_status,
        idPrefix: input.id_prefix?.replaceAll('-', '').toLowerCase(),
      },
      durationMs: input.duration_ms,
      rendererVersion: RENDERER_VERSION,
    });
    return {
      items: await Promise.all(
        items.map(({ video, ...event }) =>
          frictionEventDto(ctx.services.store, event, video, input.duration_ms),
        ),
      ),
      next_cursor: nextCursor,
    };
  });
