import { deriveMotion, type MotionState, sampleMotion } from '@defrag/core';

/** What of the motion is plotted, each 0..1 over the position. */
export const PLOTTED_CURVES = [
  { key: 'tension', name: 'Tension', meaning: 'Stress of the collision that is left' },
  { key: 'heat', name: 'Heat', meaning: 'Strength of the warm accent' },
  { key: 'fracture', name: 'Fracture', meaning: 'How far the fragments are from the line' },
  { key: 'healing', name: 'Healing', meaning: 'How far the joints have closed' },
  { key: 'clarity', name: 'Clarity', meaning: 'How far the field shines through the bodies' },
  { key: 'axisGrowth', name: 'Axes', meaning: 'How far the axes have grown' },
  { key: 'rings', name: 'Rings', meaning: 'How far the rings have spread' },
  { key: 'calm', name: 'Calm', meaning: 'Strength of the cool accent' },
] as const satisfies readonly { key: keyof MotionState; name: string; meaning: string }[];

/** One of the curves that are plotted. */
export type CurveKey = (typeof PLOTTED_CURVES)[number]['key'];

/** The value of each curve, 0..1, at a position. */
export type CurvePoint = Readonly<Record<CurveKey, number>> & { readonly position: number };

/** What decides a motion; see `deriveMotion`. */
export interface MotionSource {
  readonly friction_score: number;
  readonly pressure_score: number;
  readonly seed: string;
}

/** The curves of one motion, derived here and sent nowhere. */
export interface MotionCurvesPlot {
  /** Points at equal distances, from position 0 to 1. */
  readonly points: readonly CurvePoint[];
  /** All values at a position 0..1. */
  at(position: number): CurvePoint;
}

/**
 * Samples the motion of an event.
 *
 * @param points number of points, at least 2
 * @throws InvalidScoresError when a score is not an integer 0..100
 */
export function motionCurves(
  { friction_score, pressure_score, seed }: MotionSource,
  points = 121,
): MotionCurvesPlot {
  const profile = deriveMotion({ frictionScore: friction_score, pressureScore: pressure_score }, seed);
  const at = (position: number): CurvePoint => {
    const { tension, heat, fracture, healing, clarity, axisGrowth, rings, calm } = sampleMotion(
      profile,
      position,
    );
    return { position, tension, heat, fracture, healing, clarity, axisGrowth, rings, calm };
  };
  return { points: Array.from({ length: points }, (_, index) => at(index / (points - 1))), at };
}

/** Height of the plot of a curve in pixels, also while it loads. */
export const CURVE_CHART_HEIGHT = 72;

/** Pixels between the sides of a plot and the positions 0 and 1. */
export const CURVE_CHART_INSET = 1;
