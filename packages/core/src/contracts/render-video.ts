import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { DurationMsSchema } from '../inputs/video-inputs.ts';
import { mustBe } from '../must-be.ts';
import { VIDEO_FORMAT } from '../video-format.ts';
import { choice, request } from './builders.ts';
import { FrictionIdSchema } from './primitives.ts';

/** Body of `POST /api/v1/admin/render-video` and input of `admin.renderVideo`. Unknown keys are refused. */
export const RenderVideoRequestSchema = request({
  friction_id: FrictionIdSchema,
  duration_ms: DurationMsSchema.default(VIDEO_FORMAT.defaultDurationMs).describe(
    'Length of the video in whole milliseconds. (Default: 6000)',
  ),
  force_regenerate: z
    .boolean(mustBe('true or false'))
    .default(false)
    .describe(
      'Render again even when the video is in the cache, and compare the new digest with the stored one. (Default: false)',
    ),
}).meta({ id: 'RenderVideoRequest' });

/** Answer to a render request. The URL is content-addressed, so it is final even while the status is QUEUED. */
export const RenderVideoResponseSchema = z
  .object({
    url: z.url().describe('Where the video is, or will be: it is final even while the status is QUEUED.'),
    status: choice(['READY', 'QUEUED']),
    hash: VideoHashSchema,
  })
  .meta({ id: 'RenderVideoResult', description: 'Where a requested video is, or will be.' });

/** Longest time in seconds that `Prefer: wait=N` may ask for. */
export const MAX_WAIT_SECONDS = 60;

/** See {@link RenderVideoRequestSchema}, as a caller writes it. */
export type RenderVideoRequest = z.input<typeof RenderVideoRequestSchema>;

/** See {@link RenderVideoResponseSchema}. */
export type RenderVideoResponse = z.infer<typeof RenderVideoResponseSchema>;
