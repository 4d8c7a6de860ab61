import { type MotionState, mix } from '@defrag/core';
import cos from '@stdlib/math-base-special-cos';
import sin from '@stdlib/math-base-special-sin';
import type { Bodies, Body } from './bodies.ts';
import type { Layer, Polyline } from './marks.ts';
import { colour } from './palette.ts';
import { STAGE } from './stage.ts';

const DASH_PX = [34, 8, 4, 8] as const;
const MARK_PX = 13;

/** The axes of both bodies, which grow until they join, and a cross at each centre. */
export function axisLayer(state: MotionState, bodies: Bodies): Layer {
  const { circle, square } = bodies;
  const inner = (body: Body) => Math.abs(STAGE.centreX - body.centre.x);
  return {
    name: 'axes',
    marks: [
      {
        kind: 'stroke',
        lines: [
          axis(circle, -mix(200, 330, state.axisGrowth), mix(90, inner(circle), state.axisGrowth)),
          axis(square, mix(180, 300, state.axisGrowth), -mix(80, inner(square), state.axisGrowth)),
        ],
        closed: false,
        widthPx: 2,
        colour: colour('ink', 0.85 * state.axisOpacity),
        dashPx: DASH_PX,
      },
      {
        kind: 'stroke',
        lines: [...cross(circle), ...cross(square)],
        closed: false,
        widthPx: 2,
        colour: colour('ink', 0.9),
      },
    ],
  };
}

function axis({ centre, axisRad }: Body, from: number, to: number): Polyline {
  const x = cos(axisRad);
  const y = sin(axisRad);
  return Float32Array.of(centre.x + x * from, centre.y + y * from, centre.x + x * to, centre.y + y * to);
}

function cross({ centre, axisRad }: Body): Polyline[] {
  return [0, Math.PI / 2].map((turn) => {
    const x = MARK_PX * cos(axisRad + turn);
    const y = MARK_PX * sin(axisRad + turn);
    return Float32Array.of(centre.x - x, centre.y - y, centre.x + x, centre.y + y);
  });
}
