import type { Presented } from './drag-meter.ts';

/** Statistics of a drag. */
export interface Figures {
  readonly frames: number;
  readonly framesPerSecond: number;
  /** Median latency in milliseconds. */
  readonly latencyMs: number;
  /** Longest time without a new frame, in milliseconds. */
  readonly longestGapMs: number;
}

/** Statistics of the presented frames; undefined for fewer than two. */
export function figuresOf(presented: readonly Presented[]): Figures | undefined {
  const first = presented[0];
  const last = presented.at(-1);
  if (!first || !last || first === last) return undefined;
  const latencies = presented.flatMap(({ latencyMs }) => latencyMs ?? []).toSorted((a, b) => a - b);
  const gaps = presented.slice(1).map(({ atMs }, index) => atMs - (presented[index]?.atMs ?? 0));
  return {
    frames: presented.length,
    framesPerSecond: (presented.length - 1) / ((last.atMs - first.atMs) / 1_000),
    latencyMs: latencies[Math.floor(latencies.length / 2)] ?? 0,
    longestGapMs: Math.max(...gaps),
  };
}
