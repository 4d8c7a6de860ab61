import cos from '@stdlib/math-base-special-cos';
import pow from '@stdlib/math-base-special-pow';
import sin from '@stdlib/math-base-special-sin';
import { curveAt, easeBetween, mix, rampBetween } from './curve.ts';
import type { Collision, Field, MotionProfile, Oscillation, Rest, Vibration } from './profile.ts';

/** A displacement in pixels: x to the right, y downwards. */
export type Shift = { x: number; y: number };

/** A motion profile at one progress. Parameters of the profile have their current value and keep their unit. */
export type MotionState = Pick<
  Collision,
  'gapPx' | 'contactYPx' | 'tiltRad' | 'squareTurnRad' | 'circleTurnRad' | 'slidePx' | 'squash' | 'dentPx'
> &
  Pick<Oscillation, 'ghostReachPx'> &
  Pick<Field, 'pinch' | 'bucklePx' | 'slipPx'> &
  Pick<Rest, 'clearancePx'> & {
    /** 0..1, as given. */
    progress: number;
    /** 0..1: the remaining stress of the collision. Never increases with progress; 0 from 0.5 on. */
    tension: number;
    /** 0..1: strength of the warm accent. */
    heat: number;
    /** Displacement of each body by its vibration: at most 8 px times tension. */
    circleShiftPx: Shift;
    squareShiftPx: Shift;
    /** 0..1: 1 when the fragments are fully displaced, 0 when all are in line. */
    fracture: number;
    /** 0..1: how far the joints have closed; 1 is a whole boundary. */
    healing: number;
    /** 0..1: how far the field shows through the bodies. */
    clarity: number;
    /** 0..1: opacity of the outlines that recall progress 0. */
    memory: number;
    /** 0..1: length and opacity of the axes. */
    axisGrowth: number;
    axisOpacity: number;
    /** 0..1: how far the rings have spread. */
    rings: number;
    /** 0..1: strength of the cool accent. */
    calm: number;
  };

/**
 * Samples a motion profile at one progress.
 *
 * @param profile from `deriveMotion`, also after a JSON round trip
 * @param progress 0..1
 * @throws {RangeError} when progress is not a number in 0..1
 */
export function sampleMotion(profile: MotionProfile, progress: number): MotionState {
  if (typeof progress !== 'number' || !(progress >= 0 && progress <= 1)) {
    throw new RangeError(`progress must be a number from 0 to 1, got ${progress}`);
  }
  const { curves, collision, oscillation, field, rest } = profile;
  const held = 1 - curveAt(curves.release, progress);
  const askew = 1 - curveAt(curves.alignment, progress);
  const shaking = pow(held, 1.2);
  const calm = 1 - collision.stress;
  const remembered = easeBetween(0.35, 0.48, progress) * (1 - 0.2 * rampBetween(0.44, 0.56, progress));
  return {
    progress,
    tension: collision.stress * held,
    heat: pow(held, 0.7) * (1 - calm * calm * calm * calm),
    gapPx:
      collision.gapPx +
      (rest.middleGapPx - collision.gapPx) * curveAt(curves.parting, progress) +
      (rest.endGapPx - rest.middleGapPx) * curveAt(curves.settling, progress),
    contactYPx: collision.contactYPx * askew,
    tiltRad: collision.tiltRad * askew,
    squareTurnRad: collision.squareTurnRad * askew,
    circleTurnRad: collision.circleTurnRad * askew,
    slidePx: collision.slidePx * askew,
    squash: collision.squash * held,
    dentPx: collision.dentPx * held,
    circleShiftPx: vibrate(oscillation.circle, oscillation.amplitudePx * shaking, progress),
    squareShiftPx: vibrate(oscillation.square, oscillation.amplitudePx * shaking, progress),
    ghostReachPx: oscillation.ghostReachPx * shaking,
    pinch: field.pinch * held,
    bucklePx: field.bucklePx * pow(held, 1.6),
    slipPx: field.slipPx * askew,
    fracture: pow(askew, 0.8),
    healing: curveAt(curves.healing, progress),
    clarity: easeBetween(0.32, 0.5, progress) * (1 - easeBetween(0.54, 0.86, progress)),
    memory: remembered * (1 - easeBetween(0.52, 0.68, progress)),
    axisGrowth: curveAt(curves.axes, progress),
    axisOpacity: mix(1, 0, easeBetween(0.58, 0.9, progress)),
    rings: curveAt(curves.rings, progress),
    calm: curveAt(curves.calm, progress),
    clearancePx: rest.clearancePx * curveAt(curves.settling, progress),
  };
}

function vibrate(vibration: Vibration, amplitudePx: number, progress: number): Shift {
  if (amplitudePx === 0) return { x: 0, y: 0 };
  const displacement = amplitudePx * sin(2 * Math.PI * (vibration.cycles * progress + vibration.phase));
  return {
    x: displacement * cos(vibration.directionRad),
    y: displacement * sin(vibration.directionRad),
  };
}
