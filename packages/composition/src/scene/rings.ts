import type { MotionProfile, MotionState } from '@defrag/core';
import type { Bodies } from './bodies.ts';
import { easeBetween, mix } from './ease.ts';
import type { Layer, Mark, RoundedBox } from './marks.ts';
import { colour } from './palette.ts';
import { CIRCLE_RADIUS, SQUARE_HALF_SIDE } from './stage.ts';

/** Rings of clearance around both bodies, at the pitch of the field. The field ends at the outermost. */
export function ringLayer(profile: MotionProfile, state: MotionState, bodies: Bodies): Layer {
  const { ringCount } = profile.rest;
  const marks: Mark[] = [];
  if (state.rings === 0) return { name: 'rings', marks };
  const opacity = easeBetween(0, 0.3, state.rings);
  for (let index = ringCount; index >= 1; index -= 1) {
    const distance = profile.field.pitchPx * index * mix(state.rings, 1, 0.15 * (1 - index / ringCount));
    for (const box of [ringBox(bodies, 'circle', distance), ringBox(bodies, 'square', distance)]) {
      if (index === ringCount) {
        marks.push({ kind: 'fillBox', box, colour: colour('black', opacity) });
      }
      marks.push({
        kind: 'strokeBox',
        box,
        widthPx: 2,
        colour: colour('ink', opacity * mix(0.75, 0.45, index / ringCount)),
      });
    }
  }
  return { name: 'rings', marks };
}

function ringBox(bodies: Bodies, body: 'circle' | 'square', distance: number): RoundedBox {
  const { centre } = bodies[body];
  const halfSide = (body === 'circle' ? CIRCLE_RADIUS : SQUARE_HALF_SIDE) + distance;
  return { ...centre, halfSide, radius: body === 'circle' ? halfSide : distance };
}
