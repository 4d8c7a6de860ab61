import { RENDERER_VERSION, VideoHashSchema } from '@defrag/core';
import { z } from 'zod';

/**
 * Data of one job of the queue. Scores, seed and motion profile are not in it, so that nothing private leaks through the
 * queue's tables or logs.
 */
export const RenderJobPayloadSchema = z.strictObject({
  jobId: z.uuid(),
  videoHash: VideoHashSchema,
});

export type RenderJobPayload = z.infer<typeof RenderJobPayloadSchema>;

/**
 * Name of the queue. It contains the renderer version: during a roll-out, a worker must not render a job of the other version
 * under a hash that its own code would not produce.
 */
export const RENDER_QUEUE = `render-video.${RENDERER_VERSION}`;

/** Gets the jobs whose worker died during the last try. Its handler marks the video FAILED. */
export const DEAD_RENDER_QUEUE = `${RENDER_QUEUE}.dead`;

/** Seconds before the second try and at most before a later one. The delay doubles from try to try. */
export const RETRY_POLICY = { delaySeconds: 1, maxDelaySeconds: 60 } as const;

/**
 * Seconds that an ended job stays in the queue's table. The history is in `render_jobs`; a long table only slows down the search
 * for lost renders.
 */
export const ENDED_JOB_SECONDS = 3_600;
