import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { mustBe } from '../must-be.ts';
import { choice, integer, request } from './builders.ts';
import { EXAMPLE_VIDEO } from './example.ts';
import { FrictionIdSchema, VideoDurationSchema, VideoUrlSchema } from './primitives.ts';

/** Maximum number of seconds of `Prefer: wait=N`. */
export const MAX_WAIT_SECONDS = 60;

const renderOptions = {
  duration_ms: VideoDurationSchema,
  force_regenerate: z
    .boolean(mustBe('true or false'))
    .default(false)
    .describe(
      'Render again even if the video is cached, and compare the new digest with the stored one. (Default: false)',
    ),
};

export const RenderVideoRequestSchema = request({ friction_id: FrictionIdSchema, ...renderOptions }).meta({
  id: 'RenderVideoRequest',
});

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

export const RenderManyRequestSchema = request({
  friction_ids: z
    .array(FrictionIdSchema, frictionIdsMessage)
    .min(1, frictionIdsMessage)
    .max(MAX_RENDER_MANY, frictionIdsMessage)
    .describe('Ids of 1 to 100 friction events. Duplicates count once.'),
  ...renderOptions,
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

export const RenderManyResponseSchema = z
  .object({
    results: z.array(RenderManyResultSchema),
    ready: z.int().describe('Number of results that are READY.'),
    queued: integer(1, 'Number of results that are QUEUED.'),
    refused: z.int().describe('Number of results that are REFUSED.'),
  })
  .meta({ id: 'RenderManyResponse', description: 'One result for each event, in the order of the request.' });
export type RenderManyResponse = z.infer<typeof RenderManyResponseSchema>;
