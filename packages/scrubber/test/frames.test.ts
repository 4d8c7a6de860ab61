import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameAt, frameCount, frameTime } from '../src/index.ts';

const frameNumbers = fc.integer({ min: 1, max: 100_000 });
const values = fc.double({ min: 0, max: 1, noNaN: true });
const rates = fc.constantFrom(12, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60, 120);

describe('frameAt', () => {
  it('returns the first frame at 0 and the last at 1', () => {
    fc.assert(
      fc.property(frameNumbers, (frames) => {
        expect(frameAt(0, frames)).toBe(0);
        expect(frameAt(1, frames)).toBe(frames - 1);
      }),
    );
  });

  it('returns the frame with the nearest position', () => {
    fc.assert(
      fc.property(values, frameNumbers, (value, frames) => {
        const frame = frameAt(value, frames);
        expect(Math.abs(frame - value * (frames - 1))).toBeLessThanOrEqual(0.5);
      }),
    );
  });

  it('never decreases as the value increases', () => {
    fc.assert(
      fc.property(values, values, frameNumbers, (a, b, frames) => {
        expect(frameAt(Math.min(a, b), frames)).toBeLessThanOrEqual(frameAt(Math.max(a, b), frames));
      }),
    );
  });

  it('returns each frame for its own position', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100_000 }), fc.nat(), (frames, seed) => {
        const frame = seed % frames;
        expect(frameAt(frame / (frames - 1), frames)).toBe(frame);
      }),
    );
  });

  it.each([
    [-1, 0],
    [2, 179],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 179],
    [Number.NEGATIVE_INFINITY, 0],
  ])('clamps %d to frame %d of 180', (value, frame) => {
    expect(frameAt(value, 180)).toBe(frame);
  });
});

describe('frameTime', () => {
  it('lies within the frame and the video, even truncated to microseconds', () => {
    fc.assert(
      fc.property(frameNumbers, fc.nat(), rates, (frames, seed, fps) => {
        const frame = seed % frames;
        const microseconds = Math.trunc(frameTime(frame, fps) * 1e6) / 1e6;
        expect(Math.floor(microseconds * fps)).toBe(frame);
        expect(microseconds).toBeLessThan(frames / fps);
      }),
    );
  });
});

describe('frameCount', () => {
  it('returns n for the duration of n frames', () => {
    fc.assert(
      fc.property(frameNumbers, rates, (frames, fps) => {
        expect(frameCount(frames / fps, fps)).toBe(frames);
      }),
    );
  });

  it('is 1 for the shortest video and 0 for an unknown duration', () => {
    expect(frameCount(0.001)).toBe(1);
    expect([Number.NaN, Number.POSITIVE_INFINITY, 0, -1].map((seconds) => frameCount(seconds))).toEqual([
      0, 0, 0, 0,
    ]);
  });
});
