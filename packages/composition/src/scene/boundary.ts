import { easeBetween, type MotionProfile, type MotionState, rampBetween } from '@defrag/core';
import cos from '@stdlib/math-base-special-cos';
import sin from '@stdlib/math-base-special-sin';
import type { Layer, Polyline } from './marks.ts';
import { colour } from './palette.ts';
import { BOUNDARY, STAGE } from './stage.ts';

const LENGTH = BOUNDARY.bottom - BOUNDARY.top;

/** Displacement of a fragment, in pixels, at which the home line reaches full strength. */
const DISPLACED_PX = 12;

/** A faint line at the boundary's resting place while fragments are displaced. */
export function homeLineLayer(profile: MotionProfile, state: MotionState): Layer {
  const drifts = profile.fracture.fragments.map(({ driftPx }) => Math.abs(driftPx));
  const displaced = rampBetween(0, DISPLACED_PX, Math.max(...drifts) * state.fracture);
  if (displaced === 0) return { name: 'home line', marks: [] };
  return {
    name: 'home line',
    marks: [
      {
        kind: 'stroke',
        lines: [Float32Array.of(STAGE.centreX, BOUNDARY.top - 26, STAGE.centreX, BOUNDARY.bottom + 26)],
        closed: false,
        widthPx: 1,
        colour: colour('ink', 0.32 * displaced),
      },
    ],
  };
}

/** The fragments of the boundary: displaced under tension, in line at progress 0.5, joined at 1. */
export function boundaryLayer(profile: MotionProfile, state: MotionState): Layer {
  return {
    name: 'boundary',
    marks: [{ kind: 'fill', outlines: fragmentOutlines(profile, state), colour: colour('ink', 1) }],
  };
}

/** One quadrilateral per fragment. */
export function fragmentOutlines(profile: MotionProfile, state: MotionState): Polyline[] {
  const { fragments, jointPx } = profile.fracture;
  return fragments.map((fragment, index) => {
    const upper = index === 0 ? 0 : jointGap(fragment.from, jointPx, state) / 2;
    const lower = index === fragments.length - 1 ? 0 : jointGap(fragment.to, jointPx, state) / 2;
    const top = BOUNDARY.top + LENGTH * fragment.from + upper;
    const bottom = BOUNDARY.top + LENGTH * fragment.to - lower;
    const x = STAGE.centreX + fragment.driftPx * state.fracture;
    return bar(x, (top + bottom) / 2, (bottom - top) / 2, fragment.turnRad * state.fracture);
  });
}

/** Gap at a joint. Joints close in turn, from the ends of the boundary to its middle. */
function jointGap(at: number, jointPx: number, state: MotionState): number {
  const turn = 0.55 * (1 - Math.abs(2 * at - 1));
  return jointPx * (1 - easeBetween(turn, turn + 0.45, state.healing));
}

function bar(x: number, y: number, halfLength: number, turnRad: number): Polyline {
  const halfWidth = BOUNDARY.widthPx / 2;
  const along = { x: -sin(turnRad) * halfLength, y: cos(turnRad) * halfLength };
  const across = { x: cos(turnRad) * halfWidth, y: sin(turnRad) * halfWidth };
  return Float32Array.of(
    x - along.x - across.x,
    y - along.y - across.y,
    x - along.x + across.x,
    y - along.y + across.y,
    x + along.x + across.x,
    y + along.y + across.y,
    x + along.x - across.x,
    y + along.y - across.y,
  );
}
