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

/** The hatched overlap of both bodies. */
export function lensLayer(state: MotionState, bodies: Bodies): Layer {
  const lens = overlapOf(bodies.square.outline, bodies.circle.outline);
  if (lens.length === 0 || state.heat === 0) return { name: 'lens', marks: [] };
  return {
    name: 'lens',
    marks: [
      // Black first, to cover the inner ends of the fringes.
      { kind: 'fill', outlines: [lens], colour: colour('black', 1) },
      { kind: 'fill', outlines: [lens], colour: colour('warm', 0.34 * state.heat) },
      {
        kind: 'clip',
        inside: lens,
        marks: [
          {
            kind: 'stroke',
            lines: hatch(bodies, state.tiltRad < 0 ? 1 : -1),
            closed: false,
            widthPx: 2.4,
            colour: colour('warm', state.heat),
          },
        ],
      },
    ],
  };
}

/** Parallel lines through the contact's centre at 45 degrees to its normal; `sense` is the sign of the angle. */
function hatch({ contact }: Bodies, sense: -1 | 1): Polyline[] {
  const angle = contact.normalRad + (sense * Math.PI) / 4;
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
