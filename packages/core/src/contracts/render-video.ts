import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { DurationMsSchema } from '../inputs/video-inputs.ts';
import { VIDEO_FORMAT } from '../video-format.ts';

/** Body of `POST /api/v1/admin/render-video` and input of `admin.renderVideo`. Unknown keys are refused. */
export const RenderVideoRequestSchema = z.strictObject({
  /** Id of the friction event. */
  friction_id: z.uuid(),
  /** Length of the video in whole milliseconds, 1000..10000. (Default: 6000) */
  duration_ms: DurationMsSchema.default(VIDEO_FORMAT.defaultDurationMs),
  /** Render again even when the video is in the cache, and compare the new digest with the stored one. (Default: false) */
  force_regenerate: z.boolean().default(false),
});

/** Answer to a render request. The URL is content-addressed, so it is final even while the status is QUEUED. */
export const RenderVideoResponseSchema = z.object({
  url: z.url(),
  status: z.enum(['READY', 'QUEUED']),
  hash: VideoHashSchema,
});

/** Longest time in seconds that `Prefer: wait=N` may ask for. */
export const MAX_WAIT_SECONDS = 60;

/** See {@link RenderVideoRequestSchema}, as a caller writes it. */
export type RenderVideoRequest = z.input<typeof RenderVideoRequestSchema>;

/** See {@link RenderVideoResponseSchema}. */
export type RenderVideoResponse = z.infer<typeof RenderVideoResponseSchema>;
