import { deriveMotion, type MotionState, sampleMotion } from '@defrag/core';

export const PLOTTED_CURVES = [
  { key: 'tension', name: 'Tension', meaning: 'Remaining collision stress' },
  { key: 'heat', name: 'Heat', meaning: 'Strength of the warm accent' },
  { key: 'fracture', name: 'Fracture', meaning: 'Distance of the fragments from the line' },
  { key: 'healing', name: 'Healing', meaning: 'Closing of the joints' },
  { key: 'clarity', name: 'Clarity', meaning: 'Field visible through the shapes' },
  { key: 'axisGrowth', name: 'Axes', meaning: 'Growth of the axes' },
  { key: 'rings', name: 'Rings', meaning: 'Spread of the rings' },
  { key: 'calm', name: 'Calm', meaning: 'Strength of the cool accent' },
] as const satisfies readonly { key: keyof MotionState; name: string; meaning: string }[];

export type CurveKey = (typeof PLOTTED_CURVES)[number]['key'];

export type CurvePoint = Readonly<Record<CurveKey, number>> & { readonly position: number };

export interface MotionSource {
  readonly friction_score: number;
  readonly pressure_score: number;
  readonly seed: string;
}

/** Equally spaced points from position 0 to 1, and a function for the values at any position. */
export function motionCurves({ friction_score, pressure_score, seed }: MotionSource, points = 121) {
  const profile = deriveMotion({ frictionScore: friction_score, pressureScore: pressure_score }, seed);
  const at = (position: number): CurvePoint => {
    const state = sampleMotion(profile, position);
    const values = PLOTTED_CURVES.map(({ key }) => [key, state[key]]);
    return { position, ...Object.fromEntries(values) } as CurvePoint;
  };
  return { points: Array.from({ length: points }, (_, index) => at(index / (points - 1))), at };
}

/** Chart height in pixels, also while it loads. */
export const CURVE_CHART_HEIGHT = 72;

/** Pixels between the chart's sides and the positions 0 and 1. */
export const CURVE_CHART_INSET = 1;
