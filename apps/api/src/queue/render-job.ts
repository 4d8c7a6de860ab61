import { RENDERER_VERSION, VideoHashSchema } from '@defrag/core';
import { z } from 'zod';

/**
 * What the queue carries for one render. Scores, seed and motion profile stay in the database, so that nothing private
 * can leak through a queue's tables or logs.
 */
export const RenderJobPayloadSchema = z.strictObject({
  /** Id of the row of `render_jobs`; also the id of the job in the queue. */
  jobId: z.uuid(),
  videoHash: VideoHashSchema,
});

/** See {@link RenderJobPayloadSchema}. */
export type RenderJobPayload = z.infer<typeof RenderJobPayloadSchema>;

/**
 * Name of the queue. It carries the renderer version, so that during a roll-out a worker never renders a job of the other
 * version under a hash that its own code would not produce.
 */
export const RENDER_QUEUE = `render-video.${RENDERER_VERSION}`;

/** Where jobs go whose worker died on the last try; what takes them from there marks the video FAILED. */
export const DEAD_RENDER_QUEUE = `${RENDER_QUEUE}.dead`;

/** How a failed try is repeated: first delay and longest delay in seconds, doubled from try to try. */
export const RETRY_POLICY = { delaySeconds: 1, maxDelaySeconds: 60 } as const;

/**
 * Seconds that an ended job stays in the queue's table. The row of `render_jobs` is the history; a long table only makes looking for
 * forgotten renders slow.
 */
export const ENDED_JOB_SECONDS = 3_600;

/** Seconds without a sign of life after which a job's worker counts as dead. pg-boss takes no less than 10. */
export const HEARTBEAT_SECONDS = 30;
