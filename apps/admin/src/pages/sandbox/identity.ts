import { videoInputs } from '@defrag/core';
import type { SandboxInputs } from './sandbox-inputs.ts';

// Apart from the search parameters, which the first visit loads: this needs core's schemas.
export function identityOf({ friction_score, pressure_score, seed, duration_ms }: SandboxInputs) {
  return videoInputs({
    frictionScore: friction_score,
    pressureScore: pressure_score,
    seed,
    durationMs: duration_ms,
  });
}
