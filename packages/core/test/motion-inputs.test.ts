import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveMotion, InvalidScoresError, sampleMotion } from '../src/index.ts';

const scores = { frictionScore: 60, pressureScore: 40 };

describe('deriveMotion scores', () => {
  const wrong = [-1, 101, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '50', null, undefined] as number[];

  it.each(wrong)('throws InvalidScoresError naming the field for %s', (value) => {
    for (const field of ['frictionScore', 'pressureScore'] as const) {
      const derive = () => deriveMotion({ ...scores, [field]: value }, 'seed');
      expect(derive).toThrow(InvalidScoresError);
      expect(derive).toThrow(expect.objectContaining({ field, message: expect.stringContaining(field) }));
    }
  });
});

describe('deriveMotion seeds', () => {
  it.each([
    ['empty', ''],
    ['emoji', '🫠👩‍👩‍👧‍👦'],
    ['a lone high surrogate', '\ud800'],
    ['a lone low surrogate', 'a\udfffb'],
    ['10 kB', 'seed'.repeat(2_560)],
    ['control characters', '\u0000\n\u2028'],
  ])('derives the same motion twice for a seed that is %s', (_, seed) => {
    expect(deriveMotion(scores, seed)).toEqual(deriveMotion(scores, seed));
  });

  it('derives different motions for seeds that differ only in a lone surrogate', () => {
    const motions = ['\ud800', '\ud801', '\ufffd', ''].map((seed) =>
      JSON.stringify(deriveMotion(scores, seed)),
    );
    expect(new Set(motions).size).toBe(4);
  });

  it('returns data that survives a JSON round trip for any seed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (seed) => {
        const profile = deriveMotion(scores, seed);
        const carried = JSON.parse(JSON.stringify(profile));
        expect(carried).toStrictEqual(profile);
        expect(sampleMotion(carried, 0.3)).toStrictEqual(sampleMotion(profile, 0.3));
      }),
    );
  });
});

describe('sampleMotion progress', () => {
  const profile = deriveMotion(scores, 'seed');

  it.each([-0.001, 1.001, Number.NaN, Number.NEGATIVE_INFINITY, '0.5', undefined] as number[])(
    'throws RangeError for %s',
    (progress) => {
      expect(() => sampleMotion(profile, progress)).toThrow(RangeError);
    },
  );

  it.each([0, 0.5, 1])('accepts %s', (progress) => {
    expect(sampleMotion(profile, progress).progress).toBe(progress);
  });
});
