import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { mustBe } from '../must-be.ts';
import { choice, request } from './builders.ts';
import { UuidSchema } from './primitives.ts';
import { RenderVideoRequestSchema } from './render-video.ts';

/** Most events of one `admin.videos.renderMany`. */
export const MAX_RENDER_MANY = 100;

const frictionIdsMessage = mustBe(`1 to ${MAX_RENDER_MANY} ids of friction events`);

/** Input of `admin.videos.renderMany`. */
export const RenderManyRequestSchema = request({
  friction_ids: z
    .array(UuidSchema, frictionIdsMessage)
    .min(1, frictionIdsMessage)
    .max(MAX_RENDER_MANY, frictionIdsMessage)
    .describe('Ids of 1 to 100 friction events; one that is named twice counts once.'),
  duration_ms: RenderVideoRequestSchema.shape.duration_ms,
  force_regenerate: RenderVideoRequestSchema.shape.force_regenerate,
}).meta({ id: 'RenderManyRequest' });

/** What became of one event of a `renderMany`. */
export const RenderManyResultSchema = z
  .object({
    friction_id: UuidSchema,
    status: choice(['READY', 'QUEUED', 'REFUSED']).describe('REFUSED: see error_code; the others went on.'),
    hash: VideoHashSchema.nullable().describe('Null when REFUSED.'),
    url: z.string().nullable().describe('Where the video is, or will be. Null when REFUSED.'),
    error_code: z.string().nullable(),
    error_message: z.string().nullable(),
  })
  .meta({ id: 'RenderManyResult', description: 'What became of one event of a renderMany.' });

/** Answer of `admin.videos.renderMany`: one result for each event, in the order in which they were named. */
export const RenderManyResponseSchema = z
  .object({
    results: z.array(RenderManyResultSchema),
    ready: z.int().describe('How many results are READY.'),
    queued: z.int().describe('How many results are QUEUED.'),
    refused: z.int().describe('How many results are REFUSED.'),
  })
  .meta({ id: 'RenderManyResponse', description: 'One result for each event that was named.' });

/** See {@link RenderManyResponseSchema}. */
export type RenderManyResponse = z.infer<typeof RenderManyResponseSchema>;
