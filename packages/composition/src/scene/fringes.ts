import type { MotionProfile, MotionState } from '@defrag/core';
import cos from '@stdlib/math-base-special-cos';
import pow from '@stdlib/math-base-special-pow';
import sin from '@stdlib/math-base-special-sin';
import type { Bodies } from './bodies.ts';
import { mix, rampBetween } from './ease.ts';
import { overlapOf } from './lens.ts';
import type { Layer, Mark, Polyline } from './marks.ts';
import { colour } from './palette.ts';

const FRINGE_POINTS = 96;
/** Depth of the outermost fringe inside a body, at full tension. */
const DEEPEST_PX = 400;

/**
 * Stress fringes in both bodies: circles through the two ends of the contact patch, as the lines of equal shear under a strip
 * load are. They sit on the contact's own frame, so that they stay with the lens at any tilt.
 */
export function fringeLayer(profile: MotionProfile, state: MotionState, bodies: Bodies): Layer {
  const { contact } = bodies;
  const presence = state.heat * rampBetween(0, 12, contact.depthPx);
  const { fringeCount, fringeFill } = profile.field;
  if (presence === 0 || fringeCount === 0) return { name: 'fringes', marks: [] };

  const lens = overlapOf(bodies.square.outline, bodies.circle.outline);
  const halfPatch = 0.3 * Math.sqrt(contact.depthPx * 240);
  const deepest = DEEPEST_PX * mix(0.3, 1, rampBetween(0, 70, contact.depthPx));
  const inBody = (outline: Polyline, side: -1 | 1): Mark => {
    const marks: Mark[] = [];
    for (let index = fringeCount; index >= 1; index -= 1) {
      const share = index / fringeCount;
      const circle = fringe(bodies, side, halfPatch, deepest * pow(share, 1.4));
      if (share <= 0.65) {
        marks.push({ kind: 'fill', outlines: [circle], colour: colour('warm', fringeFill * presence) });
      }
      marks.push({
        kind: 'stroke',
        lines: [circle],
        closed: true,
        widthPx: 1,
        colour: colour('warm', mix(0.95, 0.6, share) * presence),
      });
    }
    return lens.length === 0
      ? { kind: 'clip', inside: outline, marks }
      : { kind: 'clip', inside: outline, except: lens, marks };
  };
  return {
    name: 'fringes',
    marks: [inBody(bodies.circle.outline, -1), inBody(bodies.square.outline, 1)],
  };
}

/** The circle through both ends of the contact patch that reaches `depthPx` into the body on one side. */
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
