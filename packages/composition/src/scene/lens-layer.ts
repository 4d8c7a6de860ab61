import type { MotionState } from '@defrag/core';
import cos from '@stdlib/math-base-special-cos';
import sin from '@stdlib/math-base-special-sin';
import type { Bodies } from './bodies.ts';
import { overlapOf } from './lens.ts';
import type { Layer, Polyline } from './marks.ts';
import { colour } from './palette.ts';

/** Distance between two lines of the hatch. */
const HATCH_PITCH_PX = 13;
const HATCH_REACH_PX = 320;

/** The overlap of the two bodies, hatched: the only large warm shape. */
export function lensLayer(state: MotionState, bodies: Bodies): Layer {
  const lens = overlapOf(bodies.square.outline, bodies.circle.outline);
  if (lens.length === 0 || state.heat === 0) return { name: 'lens', marks: [] };
  return {
    name: 'lens',
    marks: [
      { kind: 'fill', outlines: [lens], colour: colour('warm', 0.34 * state.heat) },
      {
        kind: 'clip',
        inside: lens,
        marks: [
          {
            kind: 'stroke',
            lines: hatch(bodies),
            closed: false,
            widthPx: 2.4,
            colour: colour('warm', state.heat),
          },
        ],
      },
    ],
  };
}

/** Parallel lines across the contact, at 45 degrees to its normal, fixed to its centre. */
function hatch({ contact }: Bodies): Polyline[] {
  const angle = contact.normalRad + Math.PI / 4;
  const along = { x: cos(angle), y: sin(angle) };
  const lines: Polyline[] = [];
  for (let offset = -HATCH_REACH_PX; offset <= HATCH_REACH_PX; offset += HATCH_PITCH_PX) {
    const x = contact.centre.x - along.y * offset;
    const y = contact.centre.y + along.x * offset;
    lines.push(
      Float32Array.of(
        x - along.x * HATCH_REACH_PX,
        y - along.y * HATCH_REACH_PX,
        x + along.x * HATCH_REACH_PX,
        y + along.y * HATCH_REACH_PX,
      ),
    );
  }
  return lines;
}
