import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { DurationMsSchema } from '../inputs/video-inputs.ts';
import { mustBe } from '../must-be.ts';
import { VIDEO_FORMAT } from '../video-format.ts';
import { choice, request } from './builders.ts';
import { EXAMPLE_VIDEO } from './example.ts';
import { FrictionIdSchema, VideoUrlSchema } from './primitives.ts';

/** Maximum number of seconds of `Prefer: wait=N`. */
export const MAX_WAIT_SECONDS = 60;

/** Input of `admin.renderVideo`. */
export const RenderVideoRequestSchema = request({
  friction_id: FrictionIdSchema,
  duration_ms: DurationMsSchema.default(VIDEO_FORMAT.defaultDurationMs).describe(
    'Length of the video in whole milliseconds. (Default: 6000)',
  ),
  force_regenerate: z
    .boolean(mustBe('true or false'))
    .default(false)
    .describe(
      'Render again even if the video is cached, and compare the new digest with the stored one. (Default: false)',
    ),
}).meta({ id: 'RenderVideoRequest' });

/** The URL is content-addressed, so it is final even while the status is QUEUED. */
export const RenderVideoResponseSchema = z
  .object({
    url: z.url().meta({
      ...VideoUrlSchema.meta(),
      description: 'Where the video is or will be: it is final even while the status is QUEUED.',
    }),
    status: choice(['READY', 'QUEUED']),
    hash: VideoHashSchema.meta({ example: EXAMPLE_VIDEO.hash }),
  })
  .meta({ id: 'RenderVideoResult', description: 'Where a requested video is or will be.' });

/** Maximum number of events of one `admin.videos.renderMany`. */
export const MAX_RENDER_MANY = 100;

const frictionIdsMessage = mustBe(`1 to ${MAX_RENDER_MANY} ids of friction events`);

/** Input of `admin.videos.renderMany`. */
export const RenderManyRequestSchema = request({
  friction_ids: z
    .array(FrictionIdSchema, frictionIdsMessage)
    .min(1, frictionIdsMessage)
    .max(MAX_RENDER_MANY, frictionIdsMessage)
    .describe('Ids of 1 to 100 friction events. Duplicates count once.'),
  duration_ms: RenderVideoRequestSchema.shape.duration_ms,
  force_regenerate: RenderVideoRequestSchema.shape.force_regenerate,
}).meta({ id: 'RenderManyRequest' });

const RenderManyResultSchema = z
  .object({
    friction_id: FrictionIdSchema,
    status: choice(['READY', 'QUEUED', 'REFUSED']).meta({
      description: 'REFUSED: see error_code; the other events are not affected.',
      example: 'QUEUED',
    }),
    hash: VideoHashSchema.meta({ example: EXAMPLE_VIDEO.hash }).nullable().describe('Null if REFUSED.'),
    url: VideoUrlSchema.nullable().describe('Where the video is or will be. Null if REFUSED.'),
    error_code: z.string().nullable(),
    error_message: z.string().nullable(),
  })
  .meta({ id: 'RenderManyResult', description: 'The result for one event of a renderMany.' });

/** One result for each event, in the order of the request. */
export const RenderManyResponseSchema = z
  .object({
    results: z.array(RenderManyResultSchema),
    ready: z.int().describe('Number of results that are READY.'),
    queued: z.int().meta({ description: 'Number of results that are QUEUED.', example: 1 }),
    refused: z.int().describe('Number of results that are REFUSED.'),
  })
  .meta({ id: 'RenderManyResponse', description: 'One result for each event of the request.' });
export type RenderManyResponse = z.infer<typeof RenderManyResponseSchema>;
