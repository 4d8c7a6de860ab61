import * as z from 'zod/mini';
import { durationMs, parameter } from '../../app/search-schema.ts';

/** Search parameters of the page of an event. */
export const EventSearchSchema = z.object({
  duration_ms: durationMs,
  /** Position of the slider, 0..1. */
  position: parameter(z.number().check(z.minimum(0), z.maximum(1))),
});
