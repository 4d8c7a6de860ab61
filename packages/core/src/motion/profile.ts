import type { Curve } from './curve.ts';

/**
 * Everything that scores and seed determine about a video, as plain JSON. Private: never logged, never sent to the public.
 *
 * Lengths are pixels of the 1920x1080 picture, angles are radians (positive is clockwise on screen), shares are 0..1. Every
 * number is finite and rounded to six decimals.
 */
export type MotionProfile = {
  /** Version of this shape. */
  model: 1;
  curves: MotionCurves;
  collision: Collision;
  oscillation: Oscillation;
  fracture: Fracture;
  field: Field;
  rest: Rest;
};

/** When each part of the motion happens. */
export type MotionCurves = {
  /** Release of tension: tension is 1 minus this. */
  release: Curve;
  /** Tilt, turn and slide return to the common axis. */
  alignment: Curve;
  /** The bodies part, from contact to `middleGapPx`. */
  parting: Curve;
  /** The bodies move on from `middleGapPx` to `endGapPx`. */
  settling: Curve;
  /** The gaps in the boundary close, from its ends towards the contact. */
  healing: Curve;
  /** The axes grow out of the bodies until they join. */
  axes: Curve;
  /** Clearance rings spread from each body. */
  rings: Curve;
  /** The calm accent of the healed boundary. */
  calm: Curve;
};

/** How the two bodies meet at progress 0. */
export type Collision = {
  /** Friction and pressure combined, 0..1: 0 only when both scores are 0, 1 when either is 100. */
  stress: number;
  /** Depth of the overlap at the contact; 0 means no contact. Never decreases as friction increases. */
  overlapPx: number;
  /** Distance of each body from the boundary; negative while they overlap. */
  gapPx: number;
  /** Vertical offset of the contact from the centre of the picture, positive downwards. */
  contactYPx: number;
  /** Rotation of both bodies around the contact. */
  tiltRad: number;
  /** Additional rotation of the square. */
  squareTurnRad: number;
  /** Additional rotation of the circle, visible in its axis. */
  circleTurnRad: number;
  /** Slip of the circle along the contact; the square slips equally far in the opposite direction. */
  slidePx: number;
  /** Share by which each body is shortened across the contact. */
  squash: number;
  /** Depth of the dent in the square. */
  dentPx: number;
};

/** One body's vibration: a sine along one direction. */
export type Vibration = {
  directionRad: number;
  /** Cycles from progress 0 to 1. */
  cycles: number;
  /** Phase at progress 0, in cycles. */
  phase: number;
};

/** How the bodies shake while there is tension. */
export type Oscillation = {
  /** Maximum displacement of a body's centre. */
  amplitudePx: number;
  circle: Vibration;
  square: Vibration;
  /** Number of outlines beside each body that show its vibration in a still image. */
  ghostCount: number;
  /** Distance of the outermost outline. */
  ghostReachPx: number;
};

/** One piece of the boundary. */
export type Fragment = {
  /** Start and end of the piece, as shares of the boundary's length from its top. */
  from: number;
  to: number;
  /** Horizontal displacement; negative is left. */
  driftPx: number;
  turnRad: number;
};

/** How the boundary is broken. The fragments are contiguous and cover it from 0 to 1. */
export type Fracture = {
  fragments: Fragment[];
  /** Gap between two fragments that have not joined. */
  jointPx: number;
};

/** The load lines. */
export type Field = {
  /** Distance between two lines at rest: an even integer. */
  pitchPx: number;
  /** Share by which the lines are drawn together at the contact. */
  pinch: number;
  /** Horizontal and vertical reach of the pinch. */
  pinchWidthPx: number;
  pinchHeightPx: number;
  /** Amplitude and wavelength of the buckling. */
  bucklePx: number;
  buckleWavelengthPx: number;
  /** Phase of the buckling left and right of the boundary, in cycles. */
  bucklePhaseLeft: number;
  bucklePhaseRight: number;
  /** Vertical offset of each half at the boundary, in opposite directions. */
  slipPx: number;
  /** Number of stress fringes on each side of the contact. */
  fringeCount: number;
  /** Opacity of a filled fringe, 0..1. */
  fringeFill: number;
};

/** The picture at rest. */
export type Rest = {
  /** Distance of each body from the boundary at progress 0.5 and at progress 1. */
  middleGapPx: number;
  endGapPx: number;
  /** Gap between field and boundary at progress 1. */
  clearancePx: number;
  /** Number of rings around each body, spaced at the field's pitch. */
  ringCount: number;
};
