import { type MotionProfile, type MotionState, sampleMotion } from '@defrag/core';
import { placeBodies } from './bodies.ts';
import { overlapOf } from './lens.ts';
import type { Layer, Mark } from './marks.ts';
import { colour } from './palette.ts';

const DASH_PX = [24, 7, 4, 7, 4, 7] as const;

/** Dashed outlines of the bodies at progress 0, with the overlap as a warm contour. */
export function phantomLayer(profile: MotionProfile, state: MotionState): Layer {
  if (state.memory === 0) return { name: 'phantoms', marks: [] };
  const start = sampleMotion(profile, 0);
  const { circle, square } = placeBodies(start);
  const marks: Mark[] = [
    {
      kind: 'stroke',
      lines: [circle.outline, square.outline],
      closed: true,
      widthPx: 2.5,
      colour: colour('ink', 0.85 * state.memory),
      dashPx: DASH_PX,
    },
  ];
  const lens = overlapOf(square.outline, circle.outline);
  if (lens.length > 0 && start.heat > 0) {
    marks.push(
      { kind: 'fill', outlines: [lens], colour: colour('warm', 0.14 * state.memory) },
      {
        kind: 'stroke',
        lines: [lens],
        closed: true,
        widthPx: 3,
        colour: colour('warm', state.memory),
      },
    );
  }
  return { name: 'phantoms', marks };
}
