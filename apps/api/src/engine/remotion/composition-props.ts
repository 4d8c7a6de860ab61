import type { VideoInputs } from '@defrag/core';

/**
 * The props that the composition takes: what decides the picture, and no motion profile; the page derives that itself.
 *
 * @param inputs of the video
 */
export function compositionProps(inputs: VideoInputs) {
  return {
    friction_score: inputs.frictionScore,
    pressure_score: inputs.pressureScore,
    seed: inputs.seed,
    duration_ms: inputs.durationMs,
  };
}
