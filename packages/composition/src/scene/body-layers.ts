import { type MotionProfile, type MotionState, mix } from '@defrag/core';
import cos from '@stdlib/math-base-special-cos';
import sin from '@stdlib/math-base-special-sin';
import type { Bodies, Body } from './bodies.ts';
import type { Layer, Mark, Polyline } from './marks.ts';
import { colour } from './palette.ts';

/** Outlines beside each body, which show direction and amplitude of its vibration in a still image. */
export function ghostLayer(profile: MotionProfile, state: MotionState, bodies: Bodies): Layer {
  const { oscillation } = profile;
  const marks: Mark[] = [];
  const ghosts = (body: Body, directionRad: number): void => {
    for (let index = 1; index <= oscillation.ghostCount; index += 1) {
      const share = index / oscillation.ghostCount;
      const reach = state.ghostReachPx * share;
      marks.push({
        kind: 'stroke',
        lines: [translate(body.outline, reach * cos(directionRad), reach * sin(directionRad))],
        closed: true,
        widthPx: 2,
        colour: colour('ink', mix(0.62, 0.24, share) * Math.min(1, state.ghostReachPx / 8)),
      });
    }
  };
  if (state.ghostReachPx > 0) {
    ghosts(bodies.circle, oscillation.circle.directionRad);
    ghosts(bodies.square, oscillation.square.directionRad);
  }
  return { name: 'ghosts', marks };
}

/** Fills of both bodies: opaque under tension and at rest, translucent in between. */
export function bodyFillLayer(state: MotionState, bodies: Bodies): Layer {
  const black = colour('black', 1 - 0.62 * state.clarity);
  return {
    name: 'body fills',
    marks: [bodies.circle, bodies.square].map((body) => ({
      kind: 'fill',
      outlines: [body.outline],
      colour: black,
    })),
  };
}

/** Outlines of both bodies. */
export function outlineLayer(bodies: Bodies): Layer {
  return {
    name: 'outlines',
    marks: [
      {
        kind: 'stroke',
        lines: [bodies.circle.outline, bodies.square.outline],
        closed: true,
        widthPx: 4,
        colour: colour('ink', 1),
      },
    ],
  };
}

function translate(line: Polyline, x: number, y: number): Polyline {
  return line.map((value, index) => value + (index % 2 === 0 ? x : y));
}
