import type { VideoInputs } from '@defrag/core';

/** The composition's props: the inputs. The page derives the motion profile itself. */
export function compositionProps(inputs: VideoInputs) {
  return {
    friction_score: inputs.frictionScore,
    pressure_score: inputs.pressureScore,
    seed: inputs.seed,
    duration_ms: inputs.durationMs,
  };
}
