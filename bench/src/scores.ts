/** The pairs of scores that every benchmark measures, from little to much to draw. */
export const BENCHMARK_SCORES = [
  { name: 'low', frictionScore: 10, pressureScore: 15 },
  { name: 'middle', frictionScore: 50, pressureScore: 55 },
  { name: 'high', frictionScore: 93, pressureScore: 90 },
] as const;

/** Seed of every benchmark. */
export const BENCHMARK_SEED = 'benchmark';
