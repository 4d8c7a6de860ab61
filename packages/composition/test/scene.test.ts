import { deriveMotion, sampleMotion } from '@defrag/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeBodies } from '../src/scene/bodies.ts';
import { fragmentOutlines } from '../src/scene/boundary.ts';
import { buildScene } from '../src/scene/build-scene.ts';
import { overlapOf } from '../src/scene/lens.ts';
import type { Mark, Scene } from '../src/scene/marks.ts';
import { BOUNDARY, STAGE } from '../src/scene/stage.ts';

const FRAMES = 180;
const score = fc.integer({ min: 0, max: 100 });
const anyProfile = fc
  .record({ frictionScore: score, pressureScore: score, seed: fc.string() })
  .map(({ seed, ...scores }) => deriveMotion(scores, seed));
const anyProgress = fc.integer({ min: 0, max: FRAMES - 1 }).map((frame) => frame / (FRAMES - 1));

const calm = deriveMotion({ frictionScore: 0, pressureScore: 0 }, 'calm');
const tense = deriveMotion({ frictionScore: 93, pressureScore: 90 }, 'tense');

function* numbersIn(data: unknown): Generator<number> {
  if (typeof data === 'number') yield data;
  else if (data instanceof Float32Array) yield* data;
  else if (typeof data === 'object' && data !== null) {
    for (const value of Object.values(data)) yield* numbersIn(value);
  }
}

function marksOf(scene: Scene, layer: string): Mark[] {
  const found = scene.layers.find(({ name }) => name === layer);
  if (!found) throw new Error(`Unknown layer ${layer}`);
  return found.marks;
}

describe('buildScene', () => {
  it('returns finite numbers at any scores, seed and progress', () => {
    fc.assert(
      fc.property(anyProfile, anyProgress, (profile, progress) => {
        for (const value of numbersIn(buildScene(profile, progress))) {
          if (!Number.isFinite(value)) throw new Error(`A number is ${value}`);
        }
      }),
    );
  });

  it('keeps bodies and boundary on the stage', () => {
    fc.assert(
      fc.property(anyProfile, anyProgress, (profile, progress) => {
        const state = sampleMotion(profile, progress);
        const { circle, square } = placeBodies(state);
        for (const outline of [circle.outline, square.outline, ...fragmentOutlines(profile, state)]) {
          for (const [index, value] of outline.entries()) {
            expect(value).toBeGreaterThan(20);
            expect(value).toBeLessThan((index % 2 === 0 ? STAGE.width : STAGE.height) - 20);
          }
        }
      }),
    );
  });

  it('moves no point of a body or the boundary by more than 12 pixels per frame of six seconds', () => {
    fc.assert(
      fc.property(anyProfile, (profile) => {
        const outlinesAt = (frame: number): Float32Array[] => {
          const state = sampleMotion(profile, frame / (FRAMES - 1));
          const { circle, square } = placeBodies(state);
          return [circle.outline, square.outline, ...fragmentOutlines(profile, state)];
        };
        let earlier = outlinesAt(0);
        for (let frame = 1; frame < FRAMES; frame += 1) {
          const later = outlinesAt(frame);
          for (const [shape, outline] of later.entries()) {
            const before = earlier[shape] as Float32Array;
            for (const [index, value] of outline.entries()) {
              const moved = Math.abs(value - (before[index] as number));
              if (moved > 12) throw new Error(`A point moves by ${moved} pixels at frame ${frame}`);
            }
          }
          earlier = later;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has no warm colour and no overlap at scores of 0', () => {
    for (let step = 0; step <= 20; step += 1) {
      const scene = buildScene(calm, step / 20);
      expect(marksOf(scene, 'lens')).toEqual([]);
      expect(marksOf(scene, 'fringes')).toEqual([]);
      for (const { marks } of scene.layers) {
        for (const mark of marks) {
          if (!('colour' in mark)) continue;
          const [red, , blue] = mark.colour;
          expect(red, `${mark.kind} at ${step * 5} %`).toBeLessThanOrEqual(blue);
        }
      }
    }
  });

  it('has warm colour under tension and none at the end', () => {
    const isWarm = (scene: Scene): boolean =>
      scene.layers.some(({ marks }) =>
        marks.some((mark) => 'colour' in mark && mark.colour[0] > mark.colour[2] + 0.2),
      );
    expect(isWarm(buildScene(tense, 0))).toBe(true);
    expect(isWarm(buildScene(tense, 0.5))).toBe(true);
    expect(isWarm(buildScene(tense, 0.7))).toBe(false);
    expect(isWarm(buildScene(tense, 1))).toBe(false);
  });

  it('joins the fragments in line at progress 1', () => {
    fc.assert(
      fc.property(anyProfile, (profile) => {
        let reached: number = BOUNDARY.top;
        for (const outline of fragmentOutlines(profile, sampleMotion(profile, 1))) {
          const [left, top, right, , , bottom] = outline as unknown as number[];
          expect(left).toBe(STAGE.centreX - BOUNDARY.widthPx / 2);
          expect(right).toBe(STAGE.centreX + BOUNDARY.widthPx / 2);
          expect(top).toBeCloseTo(reached, 3);
          reached = bottom as number;
        }
        expect(reached).toBeCloseTo(BOUNDARY.bottom, 3);
      }),
    );
  });

  it('shows the outlines of progress 0 at 0.5, but not at 0.3 or 0.7', () => {
    const phantoms = marksOf(buildScene(tense, 0.5), 'phantoms');
    const start = placeBodies(sampleMotion(tense, 0));
    expect(phantoms[0]).toMatchObject({ lines: [start.circle.outline, start.square.outline] });
    expect(marksOf(buildScene(tense, 0.3), 'phantoms')).toEqual([]);
    expect(marksOf(buildScene(tense, 0.7), 'phantoms')).toEqual([]);
  });
});

describe('overlapOf', () => {
  const box = (left: number, top: number, right: number, bottom: number) =>
    Float32Array.of(left, top, right, top, right, bottom, left, bottom);

  it('returns the common area of two boxes', () => {
    const overlap = overlapOf(box(0, 0, 10, 10), box(6, 4, 20, 20));
    const xs = overlap.filter((_, index) => index % 2 === 0);
    const ys = overlap.filter((_, index) => index % 2 === 1);
    expect([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]).toEqual([6, 4, 10, 10]);
  });

  it('returns an empty outline when the boxes do not meet', () => {
    expect(overlapOf(box(0, 0, 10, 10), box(11, 0, 20, 10))).toHaveLength(0);
  });

  it('returns the inner outline when one box contains the other', () => {
    expect(overlapOf(box(2, 2, 4, 4), box(0, 0, 10, 10))).toEqual(box(2, 2, 4, 4));
  });
});
