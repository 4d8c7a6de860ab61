import * as v from 'valibot';
import { durationMs, parameter, position, score, text } from '../../app/search-schema.ts';

/** Most characters that a seed may have in the sandbox. */
export const MAX_SEED_LENGTH = 200;

/** Search parameters of the sandbox. */
export const SandboxSearchSchema = v.object({
  friction_score: score,
  pressure_score: score,
  seed: text(new RegExp(`^.{0,${MAX_SEED_LENGTH}}$`, 'su')),
  duration_ms: durationMs,
  /** Position of the slider, 0..1. Absent while the motion plays. */
  position,
  view: parameter(v.picklist(['single', 'grid'])),
});

/** See {@link SandboxSearchSchema}. */
export type SandboxSearch = v.InferOutput<typeof SandboxSearchSchema>;
