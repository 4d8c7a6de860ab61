/** The stages of the continuum, each a third of the progress. */
export const CONTINUUM_STAGES = ['tension', 'awareness', 'stable boundary'] as const;

/** One of {@link CONTINUUM_STAGES}. */
export type ContinuumStage = (typeof CONTINUUM_STAGES)[number];

/** Stage of the continuum at a progress of 0..1; each stage includes its start. */
export function continuumStage(progress: number): ContinuumStage {
  if (progress < 1 / 3) return 'tension';
  return progress < 2 / 3 ? 'awareness' : 'stable boundary';
}
