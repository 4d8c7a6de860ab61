import { easeBetween, type MotionProfile, type MotionState, mix } from '@defrag/core';
import exp from '@stdlib/math-base-special-exp';
import { type FieldHalf, layOutHalf, loadLine } from './load-lines.ts';
import type { Colour, Layer, Polyline } from './marks.ts';
import { blend } from './palette.ts';
import { FIELD, STAGE } from './stage.ts';

/** Steps of a line's opacity and accent: gradients on strokes would cost ten times as much. */
const SHADES = 14;
/** From this pitch a line is three hairlines high, below it two, so that sparse fields are as bright as dense ones. */
const SPARSE_PITCH_PX = 42;

/**
 * The load lines. Horizontal at rest; under tension they are pinched at the contact, buckled around it and offset at the boundary.
 * No line runs along the common axis.
 */
export function fieldLayer(profile: MotionProfile, state: MotionState): Layer {
  const shades = new Map<number, Polyline[]>();
  const { pitchPx } = profile.field;
  for (const side of [-1, 1] as const) {
    const half = layOutHalf(profile, state, side);
    const shading = shadeColumns(half, state);
    for (let offset = pitchPx / 2; offset <= FIELD.halfHeight; offset += pitchPx) {
      for (const lineY of [STAGE.centreY - offset, STAGE.centreY + offset]) {
        fileUnderShades(shades, half, loadLine(profile, state, half, lineY), shading, lineY);
      }
    }
  }
  const inOrder = [...shades].sort(([a], [b]) => a - b);
  return {
    name: 'field',
    marks: inOrder.map(([shade, lines]) => ({
      kind: 'hairlines',
      lines,
      rows: pitchPx >= SPARSE_PITCH_PX ? 3 : 2,
      colour: shadeColour(shade, state),
    })),
  };
}

/** Shading between neighbouring points, equal for every line of a half. */
type Shading = { heat: number; fade: Float64Array; warmth: Float64Array; calm: Float64Array };

function shadeColumns(half: FieldHalf, state: MotionState): Shading {
  const middles = half.x.subarray(1).map((x, index) => (x + (half.x[index] as number)) / 2);
  const bell = (x: number, reachSquared: number): number => {
    const distance = x - STAGE.centreX;
    return exp(-(distance * distance) / reachSquared);
  };
  return {
    heat: state.heat,
    fade: middles.map((x) => easeBetween(0, FIELD.fadePx, half.side < 0 ? x - FIELD.left : FIELD.right - x)),
    warmth: middles.map((x) => (state.heat === 0 ? 0 : bell(x, 250_000))),
    calm: middles.map((x) => (state.calm === 0 ? 0 : 0.9 * state.calm * bell(x, 60_000))),
  };
}

/** Splits a half line where its shade changes and groups the parts by shade. */
function fileUnderShades(
  shades: Map<number, Polyline[]>,
  half: FieldHalf,
  lineYs: Float64Array,
  shading: Shading,
  lineY: number,
): void {
  const height = lineY - STAGE.centreY;
  const nearness = exp(-(height * height) / 400_000);
  const shadeAt = (index: number): number => {
    const warm = shading.heat * easeBetween(0.1, 0.85, (shading.warmth[index] as number) * nearness);
    const accent = Math.max(warm, shading.calm[index] as number);
    return Math.round((shading.fade[index] as number) * SHADES) * (SHADES + 1) + Math.round(accent * SHADES);
  };
  const parts = half.x.length - 1;
  let from = 0;
  let shade = shadeAt(0);
  for (let index = 1; index <= parts; index += 1) {
    const next = index < parts ? shadeAt(index) : -1;
    if (next === shade) continue;
    // The lowest shades are invisible.
    if (shade > SHADES) {
      const line = new Float32Array(2 * (index - from + 1));
      for (let point = from; point <= index; point += 1) {
        line[2 * (point - from)] = half.x[point] as number;
        line[2 * (point - from) + 1] = lineYs[point] as number;
      }
      const filed = shades.get(shade);
      if (filed) filed.push(line);
      else shades.set(shade, [line]);
    }
    from = index;
    shade = next;
  }
}

function shadeColour(shade: number, state: MotionState): Colour {
  const accent = (shade % (SHADES + 1)) / SHADES;
  const fade = Math.floor(shade / (SHADES + 1)) / SHADES;
  return blend('ink', state.heat > 0 ? 'warm' : 'cool', accent, fade * mix(0.56, 0.95, accent));
}
