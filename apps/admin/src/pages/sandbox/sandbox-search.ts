import * as z from 'zod/mini';
import { durationMs, parameter, score, text } from '../../app/search-schema.ts';

/** Search parameters of the sandbox. */
export const SandboxSearchSchema = z.object({
  friction_score: score,
  pressure_score: score,
  seed: text(z.maxLength(200)),
  duration_ms: durationMs,
  view: parameter(z.enum(['single', 'grid'])),
});
