import { VIDEO_FORMAT } from '@defrag/core';
import { z } from 'zod';

/** Schema of the composition's props: the variable inputs of a video. */
export const DefragVideoPropsSchema = z.object({
  /** Integer, 0..100. */
  friction_score: z.number().int().min(0).max(100),
  /** Integer, 0..100. */
  pressure_score: z.number().int().min(0).max(100),
  /** Any string. */
  seed: z.string(),
  /** Length of the video in milliseconds, 1000..10000. */
  duration_ms: z.number().int().min(VIDEO_FORMAT.minDurationMs).max(VIDEO_FORMAT.maxDurationMs),
});

/** Props of the composition. */
export type DefragVideoProps = z.infer<typeof DefragVideoPropsSchema>;
