import * as v from 'valibot';
import { durationMs, position } from '../../lib/search.ts';

/** Search parameters of the page of an event. */
export const EventSearchSchema = v.object({
  duration_ms: durationMs,
  /** Position of the slider, 0..1. */
  position,
});

/** See {@link EventSearchSchema}. */
export type EventSearch = v.InferOutput<typeof EventSearchSchema>;
