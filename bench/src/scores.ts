/** The pairs of scores that every benchmark measures, from the least to the most to draw. */
export const BENCHMARK_SCORES = [
  { name: 'low', frictionScore: 10, pressureScore: 15 },
  { name: 'middle', frictionScore: 50, pressureScore: 55 },
  { name: 'high', frictionScore: 93, pressureScore: 90 },
] as const;

export const BENCHMARK_SEED = 'benchmark';
