export { CONTINUUM_STAGES, type ContinuumStage, continuumStage } from './continuum-stage.ts';
export { type Curve, easeBetween, mix, rampBetween } from './curve.ts';
export { deriveMotion } from './derive.ts';
export type {
  Collision,
  Field,
  Fracture,
  Fragment,
  MotionCurves,
  MotionProfile,
  Oscillation,
  Rest,
  Vibration,
} from './profile.ts';
export { type MotionState, type Shift, sampleMotion } from './sample.ts';
export { InvalidScoresError, type Scores } from './scores.ts';
