import type { MotionProfile, MotionState } from '@defrag/core';
import exp from '@stdlib/math-base-special-exp';
import sin from '@stdlib/math-base-special-sin';
import { easeBetween, mix } from './ease.ts';
import type { Colour, Layer, Polyline } from './marks.ts';
import { blend } from './palette.ts';
import { FIELD, STAGE } from './stage.ts';

/** Distance between two points of a line. */
const STEP_PX = 12;
/** Opacity and colour of a line are drawn in this many steps. */
const SHADES = 14;
/** Height of a line: two hairlines. */
const ROWS = 2;

/**
 * The load lines: horizontal at rest; drawn together at the contact, buckled around it and slipped against each other at the
 * boundary while there is tension.
 */
export function fieldLayer(profile: MotionProfile, state: MotionState): Layer {
  const left = columns(FIELD.left, STAGE.centreX - state.clearancePx);
  const right = columns(FIELD.right, STAGE.centreX + state.clearancePx);
  const shades = new Map<number, Polyline[]>();
  const { pitchPx } = profile.field;
  for (let offset = pitchPx / 2; offset <= FIELD.halfHeight; offset += pitchPx) {
    for (const lineY of [STAGE.centreY - offset, STAGE.centreY + offset]) {
      shadeHalf(shades, left, loadLine(profile, state, left, lineY, -1), lineY, state);
      shadeHalf(shades, right, loadLine(profile, state, right, lineY, 1), lineY, state);
    }
  }
  const marks = [...shades].sort(([a], [b]) => a - b);
  return {
    name: 'field',
    marks: marks.map(([shade, lines]) => ({
      kind: 'hairlines',
      lines,
      rows: ROWS,
      colour: shadeColour(shade, state),
    })),
  };
}

/** x of the points of a half line, from its outer end to the boundary. */
function columns(from: number, to: number): number[] {
  const count = Math.ceil(Math.abs(to - from) / STEP_PX);
  const direction = to > from ? 1 : -1;
  return Array.from({ length: count + 1 }, (_, index) =>
    index === count ? to : from + direction * index * STEP_PX,
  );
}

/** y of one half line at each of its columns. */
export function loadLine(
  profile: MotionProfile,
  state: MotionState,
  columnsX: readonly number[],
  lineY: number,
  side: -1 | 1,
): number[] {
  const { pinchWidthPx, pinchHeightPx, buckleWavelengthPx, bucklePhaseLeft, bucklePhaseRight } =
    profile.field;
  const contactY = STAGE.centreY + state.contactYPx;
  const height = lineY - contactY;
  const nearLine = exp(-(height * height) / (pinchHeightPx * pinchHeightPx));
  const phase = (side < 0 ? bucklePhaseLeft : bucklePhaseRight) + (0.22 * height) / FIELD.halfHeight;
  return columnsX.map((x) => {
    const distance = x - STAGE.centreX;
    const near = exp(-(distance * distance) / (pinchWidthPx * pinchWidthPx));
    const squeeze = state.pinch * near * nearLine;
    const buckling =
      state.bucklePx *
      exp(-(distance * distance) / 160_000) *
      (1 - 0.75 * squeeze) *
      sin(2 * Math.PI * ((side * distance) / buckleWavelengthPx + phase));
    const slip = side * state.slipPx * exp(-(distance * distance) / 40_000);
    return contactY + height * (1 - squeeze) + buckling * mix(0.45, 1, nearLine) + slip;
  });
}

/** Cuts a half line where its shade changes and files the parts under their shades. */
function shadeHalf(
  shades: Map<number, Polyline[]>,
  columnsX: readonly number[],
  lineYs: readonly number[],
  lineY: number,
  state: MotionState,
): void {
  let part: number[] = [];
  let partShade = -1;
  const finish = (): void => {
    if (part.length >= 4 && partShade > 0) {
      const parts = shades.get(partShade) ?? [];
      parts.push(Float32Array.from(part));
      shades.set(partShade, parts);
    }
  };
  for (let index = 0; index + 1 < columnsX.length; index += 1) {
    const x = ((columnsX[index] as number) + (columnsX[index + 1] as number)) / 2;
    const shade = shadeAt(x, lineY, state);
    if (shade !== partShade) {
      finish();
      part = [columnsX[index] as number, lineYs[index] as number];
      partShade = shade;
    }
    part.push(columnsX[index + 1] as number, lineYs[index + 1] as number);
  }
  finish();
}

/** Shade of a point: its opacity step times (SHADES + 1), plus its accent step. */
function shadeAt(x: number, lineY: number, state: MotionState): number {
  const fade = easeBetween(0, FIELD.fadePx, Math.min(x - FIELD.left, FIELD.right - x));
  const distance = x - STAGE.centreX;
  const height = lineY - STAGE.centreY;
  const accent = Math.max(
    state.heat * exp(-(distance * distance) / 176_000 - (height * height) / 270_000),
    0.9 * state.calm * exp(-(distance * distance) / 60_000),
  );
  return Math.round(fade * SHADES) * (SHADES + 1) + Math.round(accent * SHADES);
}

function shadeColour(shade: number, state: MotionState): Colour {
  const accent = (shade % (SHADES + 1)) / SHADES;
  const fade = Math.floor(shade / (SHADES + 1)) / SHADES;
  return blend('ink', state.heat > 0 ? 'warm' : 'cool', accent, fade * mix(0.5, 0.85, accent));
}
