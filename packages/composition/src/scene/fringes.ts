import { type MotionProfile, type MotionState, mix, rampBetween } from '@defrag/core';
import cos from '@stdlib/math-base-special-cos';
import pow from '@stdlib/math-base-special-pow';
import sin from '@stdlib/math-base-special-sin';
import type { Bodies } from './bodies.ts';
import type { Layer, Mark, Polyline } from './marks.ts';
import { colour } from './palette.ts';
import { CIRCLE_RADIUS, SQUARE_HALF_SIDE } from './stage.ts';

const FRINGE_POINTS = 96;
/** Depth of the innermost fringe in a body. A shallower circle would emerge on the other side of the overlap. */
const SHALLOWEST_PX = 52;
/** Share of a body spanned by the outermost fringe. */
const SPAN = 0.9;
/** Fringes up to this share are filled. */
const FILLED_SHARE = 0.65;

/**
 * Stress fringes in both bodies: circles through both ends of the contact patch, like lines of equal shear under a strip load.
 * They follow the tilt of the contact. The lens covers their inner ends.
 */
export function fringeLayer(profile: MotionProfile, state: MotionState, bodies: Bodies): Layer {
  const { contact } = bodies;
  const presence = state.heat * rampBetween(0, 14, contact.depthPx);
  const { fringeCount, fringeFill } = profile.field;
  const marks: Mark[] = [];
  if (presence === 0) return { name: 'fringes', marks };

  const halfPatch = 0.3 * Math.sqrt(contact.depthPx * CIRCLE_RADIUS);
  const tension = mix(0.4, 1, rampBetween(0, 70, contact.depthPx));
  for (const side of [-1, 1] as const) {
    const size = side < 0 ? CIRCLE_RADIUS : SQUARE_HALF_SIDE;
    const deepest = SPAN * tension * (2 * size * (1 - state.squash) - contact.depthPx / 2);
    for (let index = fringeCount; index >= 1; index -= 1) {
      const share = index / fringeCount;
      const circle = fringe(bodies, side, halfPatch, mix(SHALLOWEST_PX, deepest, pow(share, 1.3)));
      if (share <= FILLED_SHARE) {
        marks.push({ kind: 'fill', outlines: [circle], colour: colour('warm', fringeFill * presence) });
      }
      marks.push({
        kind: 'stroke',
        lines: [circle],
        closed: true,
        widthPx: 1,
        colour: colour('warm', mix(1, 0.65, share) * presence),
      });
    }
  }
  return { name: 'fringes', marks };
}

/** Circle through both ends of the contact patch that reaches `depthPx` into one body. */
function fringe({ contact }: Bodies, side: -1 | 1, halfPatch: number, depthPx: number): Polyline {
  const offset = (depthPx * depthPx - halfPatch * halfPatch) / (2 * depthPx);
  const radius = depthPx - offset;
  const x = contact.centre.x + side * offset * cos(contact.normalRad);
  const y = contact.centre.y + side * offset * sin(contact.normalRad);
  const points = new Float32Array(2 * FRINGE_POINTS);
  for (let index = 0; index < FRINGE_POINTS; index += 1) {
    const angle = (2 * Math.PI * index) / FRINGE_POINTS;
    points[2 * index] = x + radius * cos(angle);
    points[2 * index + 1] = y + radius * sin(angle);
  }
  return points;
}
