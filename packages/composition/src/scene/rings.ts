import { easeBetween, type MotionProfile, type MotionState, mix, rampBetween } from '@defrag/core';
import type { Bodies } from './bodies.ts';
import type { Layer, Mark, RoundedBox } from './marks.ts';
import { colour } from './palette.ts';
import { CIRCLE_RADIUS, SQUARE_HALF_SIDE } from './stage.ts';

/** Distance in pixels over which a new ring fades in. */
const BIRTH_PX = 10;

/** Clearance rings around both bodies. They leave the outline in turn and move outwards at the field's pitch, covering the field. */
export function ringLayer(profile: MotionProfile, state: MotionState, bodies: Bodies): Layer {
  const { ringCount } = profile.rest;
  const { pitchPx } = profile.field;
  const marks: Mark[] = [];
  // Fade the field under the rings, so that the bodies do not turn opaque at once.
  const cover = easeBetween(0, 0.6, state.rings);
  const front = ringCount * pitchPx * state.rings;
  for (let index = 0; index < ringCount; index += 1) {
    const distance = front - index * pitchPx;
    if (distance <= 0) break;
    const birth = rampBetween(0, BIRTH_PX, distance);
    for (const box of [ringBox(bodies, 'circle', distance), ringBox(bodies, 'square', distance)]) {
      if (index === 0) marks.push({ kind: 'fillBox', box, colour: colour('black', cover) });
      marks.push({
        kind: 'strokeBox',
        box,
        widthPx: 2,
        colour: colour('ink', birth * mix(0.85, 0.5, distance / (ringCount * pitchPx))),
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
