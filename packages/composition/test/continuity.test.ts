import { deriveMotion, frameProgress } from '@defrag/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFrameSource, type FrameSource } from '../src/hosts/headless.ts';

const FRAMES = 180;
/** Half the size of a video. */
const SIZE = { width: 960, height: 540 };
/** Difference summed over red, green and blue at which a pixel counts as changed. */
const VISIBLE = 24;

/** Difference between two frames: number of changed pixels, and relative change of the total brightness. */
type Step = { frame: number; changedPixels: number; lightChange: number };

describe('six seconds of frames', () => {
  let source: FrameSource;
  beforeAll(async () => {
    source = await createFrameSource(SIZE);
  });
  afterAll(() => source.dispose());

  function steps(frictionScore: number, pressureScore: number): Step[] {
    const profile = deriveMotion({ frictionScore, pressureScore }, 'continuity');
    const found: Step[] = [];
    let earlier = new Uint8Array(source.frameBytes);
    let earlierLight = 0;
    for (let frame = 0; frame < FRAMES; frame += 1) {
      const pixels = source.draw(profile, frameProgress(frame, FRAMES)).slice();
      let light = 0;
      let changedPixels = 0;
      for (let at = 0; at < pixels.length; at += 4) {
        let difference = 0;
        for (let channel = at; channel < at + 3; channel += 1) {
          const value = pixels[channel] as number;
          light += value;
          difference += Math.abs(value - (earlier[channel] as number));
        }
        if (difference >= VISIBLE) changedPixels += 1;
      }
      if (frame > 0) {
        found.push({ frame, changedPixels, lightChange: Math.abs(light - earlierLight) / earlierLight });
      }
      earlier = pixels;
      earlierLight = light;
    }
    return found;
  }

  it.each([
    [0, 0],
    [10, 10],
    [0, 20],
    [50, 50],
    [100, 0],
    [0, 100],
    [93, 90],
  ])(
    'change visibly at every step, but without flashes, at friction %i and pressure %i',
    (friction, pressure) => {
      const found = steps(friction, pressure);
      expect(found).toHaveLength(FRAMES - 1);
      expect(found.filter(({ changedPixels }) => changedPixels < 100)).toEqual([]);
      expect(found.filter(({ lightChange }) => lightChange > 0.04)).toEqual([]);
    },
  );
});
