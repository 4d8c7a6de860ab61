/**
 * A rise from 0 to 1 over progress, as data.
 *
 * The eased part (quintic) rises from `easedStart` to `end`. The straight part rises linearly from `start` to `end`, so that
 * every slider step moves something, even where the eased part is flat.
 */
export type Curve = {
  /** Progress where the straight part begins, 0..1. The curve is 0 until then. */
  start: number;
  /** Progress where the eased part begins, `start..end`. */
  easedStart: number;
  /** Progress from which the curve is exactly 1. */
  end: number;
  /** Share of the rise in the straight part, 0..1. */
  straightShare: number;
};

/** Value of a curve, 0..1. Never decreases as progress increases. */
export function curveAt(curve: Curve, progress: number): number {
  if (progress >= curve.end) return 1;
  const straight = rampBetween(curve.start, curve.end, progress);
  const eased = easeBetween(curve.easedStart, curve.end, progress);
  return curve.straightShare * straight + (1 - curve.straightShare) * eased;
}

/** Quintic ease from 0 at `start` to 1 at `end`; the first and second derivatives are 0 at both ends. */
export function easeBetween(start: number, end: number, position: number): number {
  const t = rampBetween(start, end, position);
  return t * t * t * (t * (t * 6 - 15) + 10);
}

/** Linear ramp from 0 at `start` to 1 at `end`, clamped to 0..1. */
export function rampBetween(start: number, end: number, position: number): number {
  return Math.min(1, Math.max(0, (position - start) / (end - start)));
}

/** Linear interpolation: `from` at share 0, `to` at share 1. */
export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
