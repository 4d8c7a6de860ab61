import exp from '@stdlib/math-base-special-exp';
import pow from '@stdlib/math-base-special-pow';
import { mix } from './curve.ts';
import type { Fracture, Fragment } from './profile.ts';
import { createRandom } from './random.ts';

/** Length of the boundary. Fragments are measured in shares of it. */
const BOUNDARY_LENGTH_PX = 956;
/** Distance from the contact, along the boundary, over which fragments are displaced. */
const REACH_PX = 230;

/**
 * Breaks the boundary into fragments. Near the contact they are smaller and displaced further; all rotate in the same direction
 * and alternate sides (en echelon).
 *
 * @param friction 0..1; at 0 nothing is displaced and only a few joints are open
 * @param contactYPx vertical offset of the contact from the centre of the picture, positive downwards
 */
export function deriveFracture(friction: number, contactYPx: number, seed: string): Fracture {
  const random = createRandom(seed, 'fracture');
  const sense = random.sign();
  const firstSide = random.sign();
  const pieces = 4 + Math.round(8 * friction);
  const cuts = [0];
  for (let index = 1; index < pieces; index += 1) {
    const even = (2 * (index + random.between(-0.22, 0.22))) / pieces - 1;
    // Blend even spacing with spacing that crowds towards the middle.
    const crowded = even * Math.sqrt(Math.abs(even));
    cuts.push(0.5 + 0.5 * mix(even, crowded, 0.7 * friction));
  }
  cuts.push(1);

  const fragments: Fragment[] = [];
  for (let index = 0; index < pieces; index += 1) {
    const from = cuts[index] as number;
    const to = cuts[index + 1] as number;
    const distance = (((from + to) / 2 - 0.5) * BOUNDARY_LENGTH_PX - contactYPx) / REACH_PX;
    const strength = pow(friction, 0.75) * exp(-distance * distance);
    const side = index % 2 === 0 ? firstSide : -firstSide;
    fragments.push({
      from,
      to,
      driftPx: side * strength * random.between(46, 66),
      turnRad: sense * strength * random.between(0.34, 0.48),
    });
  }
  return { fragments, jointPx: 14 };
}
