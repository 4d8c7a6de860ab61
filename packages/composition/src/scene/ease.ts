/** Straight line from 0 at `start` to 1 at `end`, clamped outside. */
export function rampBetween(start: number, end: number, position: number): number {
  return Math.min(1, Math.max(0, (position - start) / (end - start)));
}

/** Quintic ease from 0 at `start` to 1 at `end`. */
export function easeBetween(start: number, end: number, position: number): number {
  const t = rampBetween(start, end, position);
  return t * t * t * (t * (t * 6 - 15) + 10);
}

/** The number between `from` (share 0) and `to` (share 1). */
export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
