import {
  durationInFrames,
  FrictionEventByIdRequestSchema,
  FrictionEventDetailSchema,
  RENDERER_VERSION,
} from '@defrag/core';
import { fetchFrictionEvent, inputsOf } from '../../../../pipeline/friction-event.ts';
import { frictionEventDto } from '../../../dto/friction-event.ts';
import { readVideoDetail } from '../../../dto/video-detail.ts';
import { adminProcedure } from '../../../init.ts';

/** One friction event, where its video stands, and the text that is hashed for it. */
export const frictionEventByIdProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/api/v1/admin/friction-events/{friction_id}',
      operationId: 'getFrictionEvent',
      tags: ['Friction events'],
      summary: 'Read a friction event and the canonical inputs of its video',
      errorResponses: [400, 401, 403, 404, 429, 500, 503],
    },
  })
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
  });
