import * as z from 'zod/mini';
import { durationMs, parameter, score, text } from '../../app/search-schema.ts';

/** Most characters that a seed may have in the sandbox. */
export const MAX_SEED_LENGTH = 200;

/** Search parameters of the sandbox. */
export const SandboxSearchSchema = z.object({
  friction_score: score,
  pressure_score: score,
  seed: text(z.maxLength(MAX_SEED_LENGTH)),
  duration_ms: durationMs,
  /** Position of the slider, 0..1. Absent while the motion plays. */
  position: parameter(z.number().check(z.minimum(0), z.maximum(1))),
  view: parameter(z.enum(['single', 'grid'])),
});

/** See {@link SandboxSearchSchema}. */
export type SandboxSearch = z.infer<typeof SandboxSearchSchema>;
