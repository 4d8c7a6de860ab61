import { type MotionProfile, type MotionState, mix } from '@defrag/core';
import exp from '@stdlib/math-base-special-exp';
import sin from '@stdlib/math-base-special-sin';
import { FIELD, STAGE } from './stage.ts';

/** Distance between points of a line: fine where it can buckle, coarse elsewhere. */
const FINE_STEP_PX = 7;
const COARSE_STEP_PX = 20;
/** Distance from the boundary within which lines buckle. */
const BUCKLING_REACH_PX = 560;

/** Values shared by all lines left or right of the boundary, one entry per point. */
export type FieldHalf = {
  side: -1 | 1;
  /** From the outer end to the boundary. */
  x: Float64Array;
  squeeze: Float64Array;
  buckling: Float64Array;
  slipPx: Float64Array;
  /** Position along the buckling wave, in cycles. */
  cycles: Float64Array;
};

export function layOutHalf(profile: MotionProfile, state: MotionState, side: -1 | 1): FieldHalf {
  const { pinchWidthPx, buckleWavelengthPx, bucklePhaseLeft, bucklePhaseRight } = profile.field;
  const x = columns(state, side);
  const bell = (at: number, reachPx: number): number => {
    const distance = (at - STAGE.centreX) / reachPx;
    return exp(-distance * distance);
  };
  const phase = side < 0 ? bucklePhaseLeft : bucklePhaseRight;
  return {
    side,
    x,
    squeeze: x.map((at) => (state.pinch === 0 ? 0 : state.pinch * bell(at, pinchWidthPx))),
    buckling: x.map((at) => (state.bucklePx === 0 ? 0 : state.bucklePx * bell(at, 324))),
    slipPx: x.map((at) => (state.slipPx === 0 ? 0 : side * state.slipPx * bell(at, 200))),
    cycles: x.map((at) => (side * (at - STAGE.centreX)) / buckleWavelengthPx + phase),
  };
}

function columns(state: MotionState, side: -1 | 1): Float64Array {
  const outerEnd = side < 0 ? STAGE.centreX - FIELD.left : FIELD.right - STAGE.centreX;
  const fineFrom = state.bucklePx === 0 ? 0 : BUCKLING_REACH_PX;
  const distances: number[] = [];
  let distance = outerEnd;
  while (distance > state.clearancePx) {
    distances.push(distance);
    distance -= distance > fineFrom ? COARSE_STEP_PX : FINE_STEP_PX;
  }
  distances.push(state.clearancePx);
  return Float64Array.from(distances, (at) => STAGE.centreX + side * at);
}

/** The y coordinate of a half line at each point; `lineY` is its y at rest. */
export function loadLine(
  profile: MotionProfile,
  state: MotionState,
  half: FieldHalf,
  lineY: number,
): Float64Array {
  const contactY = STAGE.centreY + state.contactYPx;
  const height = lineY - contactY;
  const relative = height / profile.field.pinchHeightPx;
  const nearness = exp(-relative * relative);
  const lag = (0.22 * height) / FIELD.halfHeight;
  return half.x.map((_, index) => {
    const squeeze = (half.squeeze[index] as number) * nearness;
    const amplitude = (half.buckling[index] as number) * (1 - 0.75 * squeeze) * mix(0.45, 1, nearness);
    const wave = amplitude === 0 ? 0 : sin(2 * Math.PI * ((half.cycles[index] as number) + lag));
    return contactY + height * (1 - squeeze) + amplitude * wave + (half.slipPx[index] as number);
  });
}
