import type { Curve } from './curve.ts';

/**
 * Everything the scores and the seed decide about a video, as plain JSON data: what `deriveMotion` returns and the database
 * keeps. Private: it is never logged and never leaves the server for the public.
 *
 * Lengths are pixels of the 1920x1080 picture, angles radians (positive turns clockwise on screen), shares 0..1. Every number
 * is finite and rounded to six decimals.
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
  /** Tension letting go: tension is 1 minus this. */
  release: Curve;
  /** Tilt, turn and slide returning to the common axis. */
  alignment: Curve;
  /** The bodies coming apart, from contact to the middle distance. */
  parting: Curve;
  /** The bodies going on to their own sides, from the middle distance to rest. */
  settling: Curve;
  /** Gaps of the boundary closing, from its ends towards the contact. */
  healing: Curve;
  /** The axes growing out of the bodies until they are one. */
  axes: Curve;
  /** Rings of clearance spreading from each body. */
  rings: Curve;
  /** The calm accent of the whole boundary. */
  calm: Curve;
};

/** How the two bodies meet at progress 0. */
export type Collision = {
  /** Friction and pressure as one share: 0 only when both scores are 0, 1 when either is 100. */
  stress: number;
  /** Depth of the overlap at the contact. 0: no contact. Never falls when friction rises. */
  overlapPx: number;
  /** Distance of each body from the boundary; negative while they overlap. */
  gapPx: number;
  /** Height of the contact below the centre of the picture. */
  contactYPx: number;
  /** Turn of the pair around the contact. */
  tiltRad: number;
  /** Further turn of the square against the pair. */
  squareTurnRad: number;
  /** Turn of the circle, seen in its axis. */
  circleTurnRad: number;
  /** How far the circle has slipped along the contact; the square slips as far the other way. */
  slidePx: number;
  /** Share by which a body is shortened across the contact. */
  squash: number;
  /** Depth of the dent that the circle presses into the square. */
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
  /** Largest displacement of a body's centre. */
  amplitudePx: number;
  circle: Vibration;
  square: Vibration;
  /** Outlines drawn beside a body to show the vibration in a still. */
  ghostCount: number;
  /** Distance of the furthest of them. */
  ghostReachPx: number;
};

/** One piece of the boundary. */
export type Fragment = {
  /** Where the piece begins and ends: shares of the boundary's length from its top. */
  from: number;
  to: number;
  /** Displacement from the line; negative is left. */
  driftPx: number;
  /** Rotation out of the line. */
  turnRad: number;
};

/** How the boundary is broken. The pieces touch one another and cover it from 0 to 1. */
export type Fracture = {
  fragments: Fragment[];
  /** Gap between two pieces that have not joined. */
  jointPx: number;
};

/** The load lines. */
export type Field = {
  /** Distance between two lines at rest. An even integer. */
  pitchPx: number;
  /** Share by which the lines are drawn together at the contact. */
  pinch: number;
  /** Reach of the pinch to the sides, and up and down. */
  pinchWidthPx: number;
  pinchHeightPx: number;
  /** Amplitude and wavelength of the buckling. */
  bucklePx: number;
  buckleWavelengthPx: number;
  /** Phase of the buckling left and right of the boundary, in cycles. */
  bucklePhaseLeft: number;
  bucklePhaseRight: number;
  /** Offset of the left half against the right half at the boundary. */
  slipPx: number;
  /** Stress fringes around the contact, on each side. */
  fringeCount: number;
  /** Opacity of one filled fringe, 0..1. */
  fringeFill: number;
};

/** What the end looks like. */
export type Rest = {
  /** Distance of each body from the boundary at progress 0.5 and at progress 1. */
  middleGapPx: number;
  endGapPx: number;
  /** Free space between field and boundary at progress 1. */
  clearancePx: number;
  /** Rings around each body, at the pitch of the field. */
  ringCount: number;
};
