import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationInFrames, frameProgress } from '../src/index.ts';

describe('durationInFrames', () => {
  it.each([
    [1_000, 30],
    [6_000, 180],
    [10_000, 300],
    [1_016, 30],
    [1_017, 31],
  ])('turns %i ms into %i frames at 30 fps', (durationMs, frames) => {
    expect(durationInFrames(durationMs)).toBe(frames);
  });
});

describe('frameProgress', () => {
  it('is 0 on the first frame, exactly 1 on the last, and rises in between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), (frames) => {
        const all = Array.from({ length: frames }, (_, frame) => frameProgress(frame, frames));
        expect(all[0]).toBe(0);
        expect(all.at(-1)).toBe(1);
        expect(all).toEqual([...new Set(all)].sort((left, right) => left - right));
      }),
    );
  });

  it('is 0 for a video of one frame', () => {
    expect(frameProgress(0, 1)).toBe(0);
  });
});
