import pow from '@stdlib/math-base-special-pow';
import { mix } from './curve.ts';
import { deriveFracture } from './derive-fracture.ts';
import type { Collision, Field, MotionCurves, MotionProfile, Oscillation, Rest } from './profile.ts';
import { createRandom } from './random.ts';
import { assertScores, type Scores } from './scores.ts';

/**
 * Derives the motion of one friction event. Pure: `JSON.stringify` of the result is identical in every JavaScript engine.
 *
 * @param scores integers, 0..100
 * @param seed any string, including the empty string and lone surrogates
 * @throws {InvalidScoresError} when a score is not an integer in 0..100; names the field
 */
export function deriveMotion(scores: Scores, seed: string): MotionProfile {
  assertScores(scores);
  const friction = scores.frictionScore / 100;
  const pressure = scores.pressureScore / 100;
  const stress = friction + pressure - friction * pressure;
  const collision = deriveCollision(friction, pressure, stress, seed);
  const field = deriveField(friction, pressure, stress, seed);
  const profile: MotionProfile = {
    model: 1,
    curves: deriveCurves(pressure, collision),
    collision,
    oscillation: deriveOscillation(friction, seed),
    fracture: deriveFracture(friction, collision.contactYPx, seed),
    field,
    rest: deriveRest(field.pitchPx),
  };
  return quantiseAll(profile);
}

function deriveCollision(friction: number, pressure: number, stress: number, seed: string): Collision {
  const random = createRandom(seed, 'collision');
  const sense = random.sign();
  const overlapPx = 78 * pow(friction, 0.8) + 40 * pow(pressure, 0.8);
  // Without stress the bodies do not touch; a little stress already brings them together.
  const gapPx = 22 * pow(1 - stress, 9) - overlapPx / 2;
  // Angles proportional to friction would be invisible at low scores.
  const askew = pow(friction, 0.75);
  return {
    stress,
    overlapPx: Math.max(0, -2 * gapPx),
    gapPx,
    contactYPx: friction * random.between(-54, 54),
    tiltRad: sense * askew * random.between(0.18, 0.3),
    squareTurnRad: sense * friction * random.between(-0.05, 0.05),
    circleTurnRad: -sense * askew * random.between(0.3, 0.46),
    slidePx: friction * random.between(-12, 12),
    squash: 0.1 * friction + 0.025 * pressure,
    dentPx: 26 * friction,
  };
}

function deriveOscillation(friction: number, seed: string): Oscillation {
  const random = createRandom(seed, 'oscillation');
  const vibration = (towards: number) => ({
    directionRad: towards + random.between(-0.9, 0.9),
    cycles: mix(7, 13, friction) + random.between(0, 3),
    phase: random.unit(),
  });
  return {
    amplitudePx: 8 * friction,
    circle: vibration(Math.PI),
    square: vibration(0),
    ghostCount: friction === 0 ? 0 : 1 + 2 * Math.round(1.6 * friction),
    ghostReachPx: mix(10, 54, friction) * Math.sign(friction),
  };
}

function deriveField(friction: number, pressure: number, stress: number, seed: string): Field {
  const random = createRandom(seed, 'field');
  return {
    // Even, so that the lines half a pitch above and below the axis fall on whole pixels.
    pitchPx: 2 * Math.round(mix(29, 11, pressure)),
    pinch: 0.78 * (1 - (1 - pressure) * (1 - 0.3 * friction)),
    pinchWidthPx: mix(280, 480, pressure),
    pinchHeightPx: mix(260, 560, pressure),
    bucklePx: 40 * pow(friction, 0.8),
    buckleWavelengthPx: mix(160, 96, friction),
    bucklePhaseLeft: random.unit(),
    bucklePhaseRight: random.unit(),
    slipPx: random.sign() * friction * random.between(8, 18),
    fringeCount: Math.round(11 * (1 - (1 - pressure) * (1 - 0.35 * friction))),
    fringeFill: stress * mix(0.03, 0.08, friction),
  };
}

function deriveRest(pitchPx: number): Rest {
  return {
    middleGapPx: 92,
    endGapPx: 215,
    clearancePx: 44,
    ringCount: Math.max(2, Math.round(92 / pitchPx)),
  };
}

function deriveCurves(pressure: number, collision: Collision): MotionCurves {
  const hold = mix(0.05, 0.16, pressure);
  const touching = collision.overlapPx > 0;
  // Shallow overlaps start to part later, so that contact lasts as long as for deep ones.
  const depth = Math.min(1, Math.max(0, -collision.gapPx / 60));
  return {
    release: { start: 0, easedStart: hold, end: 0.5, straightShare: 0.22 },
    alignment: { start: 0, easedStart: hold * 0.7, end: 0.5, straightShare: 0.12 },
    parting: { start: 0, easedStart: mix(0.3, 0.17, depth), end: 0.56, straightShare: touching ? 0.05 : 0.4 },
    settling: { start: 0.46, easedStart: 0.46, end: 1, straightShare: 0.5 },
    healing: { start: 0.48, easedStart: 0.48, end: 0.94, straightShare: 0.6 },
    axes: { start: 0, easedStart: 0.16, end: 0.52, straightShare: 0.4 },
    rings: { start: 0.52, easedStart: 0.52, end: 1, straightShare: 0.6 },
    calm: { start: 0.66, easedStart: 0.66, end: 1, straightShare: 0.5 },
  };
}

/** Copies plain data with every number rounded to six decimals and without -0, so that it survives a JSON round trip. */
function quantiseAll<T>(data: T): T {
  if (typeof data === 'number') return (Math.round(data * 1_000_000) / 1_000_000 + 0) as T;
  if (Array.isArray(data)) return data.map(quantiseAll) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, quantiseAll(value)])) as T;
}
