import { deriveMotion, sampleMotion } from '@defrag/core';
import { describe, expect, it } from 'vitest';
import { motionCurves, PLOTTED_CURVES } from '../../src/pages/event/curves/motion-curves.ts';

const SOURCE = { friction_score: 72, pressure_score: 55, seed: 'a seed' };

describe('motionCurves', () => {
  it('samples the motion at equal distances from 0 to 1', () => {
    const { points } = motionCurves(SOURCE, 11);
    const profile = deriveMotion({ frictionScore: 72, pressureScore: 55 }, 'a seed');
    expect(points.map(({ position }) => position)).toEqual(
      Array.from({ length: 11 }, (_, index) => index / 10),
    );
    for (const point of points)
      expect(sampleMotion(profile, point.position)).toMatchObject(withoutPosition(point));
  });

  it.each([0, 50, 100])(
    'returns values from 0 to 1 with both scores %s, so that the plots cut nothing off',
    (score) => {
      const { points } = motionCurves({ friction_score: score, pressure_score: score, seed: 'a seed' });
      for (const point of points) {
        for (const { key } of PLOTTED_CURVES) {
          expect(point[key]).toBeGreaterThanOrEqual(0);
          expect(point[key]).toBeLessThanOrEqual(1);
        }
      }
    },
  );
});

function withoutPosition({ position: _, ...values }: { position: number }): object {
  return values;
}
