import * as v from 'valibot';
import { durationMs, position } from '../../lib/search.ts';

export const EventSearchSchema = v.object({
  duration_ms: durationMs,
  /** Slider position 0..1. */
  position,
});

export type EventSearch = v.InferOutput<typeof EventSearchSchema>;
