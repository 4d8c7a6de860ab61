import {
  type AssetStatus,
  durationInFrames,
  FrictionEventByIdRequestSchema,
  FrictionEventDetailSchema,
  ListFrictionEventsRequestSchema,
  ListFrictionEventsResponseSchema,
  RENDERER_VERSION,
} from '@defrag/core';
import { type FrictionEventRow, listFrictionEvents } from '@defrag/db';
import { fetchFrictionEvent, inputsOf } from '../../pipeline/friction-event.ts';
import type { VideoStore } from '../../store/store.ts';
import { adminProcedure, createRouter } from '../init.ts';
import { restWithTag } from '../meta.ts';
import { readVideoDetail, videoUrl } from '../videos/dto.ts';
import { toWire } from '../wire.ts';

const rest = restWithTag('Friction events');

export const eventsRouter = createRouter({
  list: adminProcedure
    .meta(
      rest(
        'GET /admin/friction-events',
        'listFrictionEvents',
        'List friction events with the status of their videos',
      ),
    )
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
    }),

  byId: adminProcedure
    .meta(
      rest(
        'GET /admin/friction-events/{friction_id}',
        'getFrictionEvent',
        'Get a friction event and the canonical inputs of its video',
        { errors: ['FRICTION_EVENT_NOT_FOUND'] },
      ),
    )
    .input(FrictionEventByIdRequestSchema)
    .output(FrictionEventDetailSchema)
    .query(async ({ ctx, input }) => {
      const { services } = ctx;
      const event = await fetchFrictionEvent(services, input.friction_id);
      const inputs = inputsOf(event, input.duration_ms);
      const video = (await readVideoDetail(services, inputs.hash)) ?? null;
      return {
        ...(await frictionEventDto(services.store, event, video, input.duration_ms)),
        canonical_inputs: inputs.canonical,
        renderer_version: RENDERER_VERSION,
        duration_ms: input.duration_ms,
        frames: durationInFrames(input.duration_ms, inputs.fps),
        cached_video: video,
      };
    }),
});

/** @param video the event's video at this length for the current renderer version; null if it was never requested */
async function frictionEventDto(
  store: VideoStore,
  event: FrictionEventRow,
  video: { status: AssetStatus; url: string | null } | null,
  durationMs: number,
) {
  const { hash, key } = inputsOf(event, durationMs);
  const url = video && (await videoUrl(store, { ...video, objectKey: key }));
  return { ...toWire(event), video: { hash, status: video?.status ?? ('MISSING' as const), url } };
}
