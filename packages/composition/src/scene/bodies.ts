import type { MotionState } from '@defrag/core';
import cos from '@stdlib/math-base-special-cos';
import sin from '@stdlib/math-base-special-sin';
import type { Polyline } from './marks.ts';
import { CIRCLE_RADIUS, SQUARE_HALF_SIDE, STAGE } from './stage.ts';

/** Points on the circle and on each side of the square: enough to look smooth at twice the stage size. */
const CIRCLE_POINTS = 128;
const SIDE_POINTS = 28;

/** A place on the stage, in pixels. */
type Point = { x: number; y: number };

/** Centre of a body, the direction of its axis, and its closed outline. */
export type Body = { centre: Point; axisRad: number; outline: Polyline };

/** Where the two bodies touch. */
type Contact = {
  centre: Point;
  /** Direction across the contact, from the circle into the square. */
  normalRad: number;
  /** Depth of the overlap; no contact at 0 or less. */
  depthPx: number;
};

export type Bodies = { circle: Body; square: Body; contact: Contact };

/** Places both bodies and deforms them at their contact. */
export function placeBodies(state: MotionState): Bodies {
  const tilt = { x: cos(state.tiltRad), y: sin(state.tiltRad) };
  const origin = { x: STAGE.centreX, y: STAGE.centreY + state.contactYPx };
  const shortened = 1 - state.squash;
  const place = (along: number, across: number, shift: Point): Point => ({
    x: origin.x + tilt.x * along - tilt.y * across + shift.x,
    y: origin.y + tilt.y * along + tilt.x * across + shift.y,
  });
  const circleCentre = place(-(CIRCLE_RADIUS * shortened + state.gapPx), state.slidePx, state.circleShiftPx);
  const squareCentre = place(SQUARE_HALF_SIDE * shortened + state.gapPx, -state.slidePx, state.squareShiftPx);

  const normalRad = state.tiltRad + state.squareTurnRad;
  const normal = { x: cos(normalRad), y: sin(normalRad) };
  const toSquare = { x: squareCentre.x - circleCentre.x, y: squareCentre.y - circleCentre.y };
  const sideDistance = toSquare.x * normal.x + toSquare.y * normal.y - SQUARE_HALF_SIDE * shortened;
  const reach = CIRCLE_RADIUS * shortened;
  const contactDistance = (sideDistance + reach) / 2;
  return {
    circle: {
      centre: circleCentre,
      axisRad: state.tiltRad + state.circleTurnRad,
      outline: circleOutline(circleCentre, tilt, state.squash),
    },
    square: {
      centre: squareCentre,
      axisRad: normalRad,
      outline: squareOutline(squareCentre, normal, state),
    },
    contact: {
      centre: {
        x: circleCentre.x + normal.x * contactDistance,
        y: circleCentre.y + normal.y * contactDistance,
      },
      normalRad,
      depthPx: reach - sideDistance,
    },
  };
}

/** An ellipse, shorter across the contact and longer along it. `overlapOf` relies on it being convex. */
function circleOutline(centre: Point, axis: Point, squash: number): Polyline {
  const along = CIRCLE_RADIUS * (1 - squash);
  const across = CIRCLE_RADIUS * (1 + 0.5 * squash);
  const outline = new Float32Array(2 * CIRCLE_POINTS);
  for (let index = 0; index < CIRCLE_POINTS; index += 1) {
    const angle = (2 * Math.PI * index) / CIRCLE_POINTS;
    const u = along * cos(angle);
    const v = across * sin(angle);
    outline[2 * index] = centre.x + axis.x * u - axis.y * v;
    outline[2 * index + 1] = centre.y + axis.y * u + axis.x * v;
  }
  return outline;
}

/** A square, shortened across the contact, with a dented near side and bulging neighbours. Dent and bulge are 0 at the corners. */
function squareOutline(centre: Point, axis: Point, state: MotionState): Polyline {
  const along = SQUARE_HALF_SIDE * (1 - state.squash);
  const across = SQUARE_HALF_SIDE * (1 + 0.35 * state.squash);
  const bulge = 0.55 * state.dentPx;
  const outline = new Float32Array(2 * 4 * SIDE_POINTS);
  let cursor = 0;
  const put = (u: number, v: number): void => {
    outline[cursor] = centre.x + axis.x * u - axis.y * v;
    outline[cursor + 1] = centre.y + axis.y * u + axis.x * v;
    cursor += 2;
  };
  // Clockwise on screen from the upper near corner. t runs from -1 to 1 along a side; hump is 0 at both ends.
  for (let side = 0; side < 4; side += 1) {
    for (let index = 0; index < SIDE_POINTS; index += 1) {
      const t = (2 * index) / SIDE_POINTS - 1;
      const hump = (1 - t * t) * (1 - t * t);
      if (side === 0) put(along * t, -across - bulge * hump * (1 - 0.6 * t));
      else if (side === 1) put(along, across * t);
      else if (side === 2) put(-along * t, across + bulge * hump * (1 + 0.6 * t));
      else put(-along + state.dentPx * hump, -across * t);
    }
  }
  return outline;
}
