import { type MotionProfile, sampleMotion } from '@defrag/core';
import { axisLayer } from './axes.ts';
import { placeBodies } from './bodies.ts';
import { bodyFillLayer, ghostLayer, outlineLayer } from './body-layers.ts';
import { boundaryLayer, homeLineLayer } from './boundary.ts';
import { fieldLayer } from './field.ts';
import { fringeLayer } from './fringes.ts';
import { lensLayer } from './lens-layer.ts';
import type { Layer, Scene } from './marks.ts';
import { phantomLayer } from './phantoms.ts';
import { ringLayer } from './rings.ts';

/**
 * Builds the picture at one progress as geometry in stage pixels. Pure.
 *
 * @param profile from `deriveMotion`
 * @param progress 0..1
 * @throws {RangeError} when progress is not a number in 0..1
 */
export function buildScene(profile: MotionProfile, progress: number): Scene {
  const state = sampleMotion(profile, progress);
  const bodies = placeBodies(state);
  const glow: Layer = {
    name: 'glow',
    marks: state.calm > 0 ? [{ kind: 'glow', opacity: state.calm }] : [],
  };
  return {
    layers: [
      fieldLayer(profile, state),
      glow,
      ringLayer(profile, state, bodies),
      ghostLayer(profile, state, bodies),
      bodyFillLayer(state, bodies),
      fringeLayer(profile, state, bodies),
      phantomLayer(profile, state),
      axisLayer(state, bodies),
      lensLayer(state, bodies),
      outlineLayer(bodies),
      homeLineLayer(profile, state),
      boundaryLayer(profile, state),
    ],
  };
}
