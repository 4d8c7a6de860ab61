/**
 * A rise from 0 to 1 over progress, as data.
 *
 * The greater part eases (quintic, at rest at both ends) between `easedStart` and `end`. The rest rises in a straight line
 * from `start` to `end`, so that every step of a slider moves something even where the eased part rests.
 */
export type Curve = {
  /** Progress where the straight part begins, 0..1. Up to here the curve is 0. */
  start: number;
  /** Progress where the eased part begins, `start..end`. */
  easedStart: number;
  /** Progress from which the curve is exactly 1. */
  end: number;
  /** Share of the rise that is straight, 0..1. */
  straightShare: number;
};

/** The value of a curve, 0..1, never falling as progress grows. */
export function curveAt(curve: Curve, progress: number): number {
  if (progress >= curve.end) return 1;
  const straight = rampBetween(curve.start, curve.end, progress);
  const eased = easeBetween(curve.easedStart, curve.end, progress);
  return curve.straightShare * straight + (1 - curve.straightShare) * eased;
}

/** Quintic ease from 0 at `start` to 1 at `end`; first and second derivative are 0 at both ends. */
export function easeBetween(start: number, end: number, position: number): number {
  const t = rampBetween(start, end, position);
  return t * t * t * (t * (t * 6 - 15) + 10);
}

/** Straight line from 0 at `start` to 1 at `end`, clamped outside. */
export function rampBetween(start: number, end: number, position: number): number {
  return Math.min(1, Math.max(0, (position - start) / (end - start)));
}

/** The point between `from` (share 0) and `to` (share 1). */
export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
