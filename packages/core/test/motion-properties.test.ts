import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deriveMotion,
  type MotionProfile,
  type MotionState,
  type Scores,
  sampleMotion,
} from '../src/index.ts';

const SEEDS = ['', 'f3b1c2d4e5'];
const FRAMES = 180;

/** Every pair of scores, with each of the two seeds. */
function* everyMotion(): Generator<{ scores: Scores; profile: MotionProfile }> {
  for (const seed of SEEDS) {
    for (let frictionScore = 0; frictionScore <= 100; frictionScore += 1) {
      for (let pressureScore = 0; pressureScore <= 100; pressureScore += 1) {
        const scores = { frictionScore, pressureScore };
        yield { scores, profile: deriveMotion(scores, seed) };
      }
    }
  }
}

const anyMotion = fc
  .record({
    frictionScore: fc.integer({ min: 0, max: 100 }),
    pressureScore: fc.integer({ min: 0, max: 100 }),
    seed: fc.string({ unit: 'binary' }),
  })
  .map(({ seed, ...scores }) => deriveMotion(scores, seed));

/** Every number in plain data, under its path. */
function* numbersIn(data: unknown, path = ''): Generator<[path: string, value: number]> {
  if (typeof data === 'number') yield [path, data];
  else if (typeof data === 'object' && data !== null) {
    for (const [key, value] of Object.entries(data)) yield* numbersIn(value, `${path}/${key}`);
  }
}

function length({ x, y }: { x: number; y: number }): number {
  return Math.hypot(x, y);
}

/** Checks two successive states of one motion. Throws plain errors because `expect` would be too slow. */
function checkStep(earlier: MotionState, later: MotionState): void {
  if (later.tension > earlier.tension) throw new Error(`tension rises at progress ${later.progress}`);
  if (later.gapPx < earlier.gapPx) throw new Error(`the bodies approach at progress ${later.progress}`);
  if (later.healing < earlier.healing) throw new Error(`a joint reopens at progress ${later.progress}`);
  for (const shift of [later.circleShiftPx, later.squareShiftPx]) {
    if (length(shift) > 8 * later.tension + 1e-9) {
      throw new Error(`vibration beyond tension at progress ${later.progress}`);
    }
  }
}

function checkMotion(profile: MotionProfile, steps: number): void {
  for (const [path, value] of numbersIn(profile)) {
    if (!Number.isFinite(value)) throw new Error(`${path} is ${value}`);
  }
  let earlier = sampleMotion(profile, 0);
  for (let step = 1; step <= steps; step += 1) {
    const later = sampleMotion(profile, step / steps);
    for (const [path, value] of numbersIn(later)) {
      if (!Number.isFinite(value)) throw new Error(`${path} is ${value} at progress ${later.progress}`);
    }
    checkStep(earlier, later);
    earlier = later;
  }
}

describe('motion at every pair of scores', () => {
  it('tension never rises, vibration stays within it, bodies never approach and every number is finite', () => {
    for (const { scores, profile } of everyMotion()) {
      try {
        checkMotion(profile, 12);
      } catch (cause) {
        throw new Error(`friction ${scores.frictionScore}, pressure ${scores.pressureScore}`, { cause });
      }
    }
  });

  it('nothing is displaced and the boundary is whole at progress 1', () => {
    for (const { scores, profile } of everyMotion()) {
      const end = sampleMotion(profile, 1);
      const leftOver =
        end.tension +
        end.heat +
        length(end.circleShiftPx) +
        length(end.squareShiftPx) +
        end.ghostReachPx +
        Math.abs(end.tiltRad) +
        Math.abs(end.squareTurnRad) +
        Math.abs(end.circleTurnRad) +
        end.fracture +
        end.memory +
        end.pinch +
        end.bucklePx;
      if (leftOver !== 0 || end.healing !== 1 || end.gapPx !== profile.rest.endGapPx) {
        throw new Error(`friction ${scores.frictionScore}, pressure ${scores.pressureScore}: ${leftOver}`);
      }
    }
  });

  it('bodies are apart and aligned, the field is straight and fragments are in line but not joined at progress 0.5', () => {
    for (const { scores, profile } of everyMotion()) {
      const middle = sampleMotion(profile, 0.5);
      const askew =
        Math.abs(middle.tiltRad) + Math.abs(middle.squareTurnRad) + middle.fracture + middle.bucklePx;
      if (askew !== 0 || middle.gapPx < 80 || middle.healing > 0.1 || middle.memory < 0.8) {
        throw new Error(`friction ${scores.frictionScore}, pressure ${scores.pressureScore}`);
      }
    }
  });

  it('more friction never reduces the collision and more pressure never increases the gap', () => {
    for (const seed of SEEDS) {
      for (let other = 0; other <= 100; other += 1) {
        for (let score = 1; score <= 100; score += 1) {
          const less = deriveMotion({ frictionScore: score - 1, pressureScore: other }, seed).collision;
          const more = deriveMotion({ frictionScore: score, pressureScore: other }, seed).collision;
          const closer = deriveMotion({ frictionScore: other, pressureScore: score }, seed).collision;
          const apart = deriveMotion({ frictionScore: other, pressureScore: score - 1 }, seed).collision;
          const holds =
            more.overlapPx >= less.overlapPx &&
            more.stress >= less.stress &&
            more.dentPx > less.dentPx &&
            more.squash > less.squash &&
            Math.abs(more.tiltRad) > Math.abs(less.tiltRad) &&
            closer.gapPx < apart.gapPx;
          if (!holds) throw new Error(`score ${score} against ${other}, seed ${JSON.stringify(seed)}`);
        }
      }
    }
  });
});

describe('motion with any seed', () => {
  it('tension never rises, vibration stays within it, bodies never approach and every number is finite', () => {
    fc.assert(fc.property(anyMotion, (profile) => checkMotion(profile, 60)));
  });

  it('changes no value by more than its bound between frames of a six-second video', () => {
    /** Largest change between frames, by the suffix of the field's name. */
    const bounds = { Px: 5, x: 5, y: 5, Rad: 0.03, share: 0.07 };
    fc.assert(
      fc.property(anyMotion, (profile) => {
        let earlier = new Map(numbersIn(sampleMotion(profile, 0)));
        for (let frame = 1; frame < FRAMES; frame += 1) {
          const later = new Map(numbersIn(sampleMotion(profile, frame / (FRAMES - 1))));
          for (const [path, value] of later) {
            const unit = /(Px|Rad|x|y)$/.exec(path)?.[1] as keyof typeof bounds | undefined;
            const change = Math.abs(value - (earlier.get(path) as number));
            if (change > bounds[unit ?? 'share']) {
              throw new Error(`${path} changes by ${change} at frame ${frame}`);
            }
          }
          earlier = later;
        }
      }),
    );
  });

  it('every frame differs from the previous one', () => {
    fc.assert(
      fc.property(anyMotion, (profile) => {
        for (let frame = 1; frame < FRAMES; frame += 1) {
          const { progress: _, ...earlier } = sampleMotion(profile, (frame - 1) / (FRAMES - 1));
          const { progress: __, ...later } = sampleMotion(profile, frame / (FRAMES - 1));
          expect(later).not.toEqual(earlier);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('the fragments cover the boundary from end to end without overlapping', () => {
    fc.assert(
      fc.property(anyMotion, ({ fracture: { fragments } }) => {
        expect(fragments.at(0)?.from).toBe(0);
        expect(fragments.at(-1)?.to).toBe(1);
        for (const [index, { from, to }] of fragments.entries()) {
          expect(to).toBeGreaterThan(from);
          if (index > 0) expect(from).toBe(fragments[index - 1]?.to);
        }
      }),
    );
  });
});

describe('motion at scores of 0', () => {
  it('has no contact, tension, heat or vibration, and no fragment out of line', () => {
    const profile = deriveMotion({ frictionScore: 0, pressureScore: 0 }, 'calm');
    const start = sampleMotion(profile, 0);
    expect(start.gapPx).toBeGreaterThan(0);
    expect(start.tension).toBe(0);
    expect(start.heat).toBe(0);
    expect(profile.oscillation.amplitudePx).toBe(0);
    expect(profile.oscillation.ghostCount).toBe(0);
    expect(profile.fracture.fragments.every(({ driftPx, turnRad }) => driftPx === 0 && turnRad === 0)).toBe(
      true,
    );
  });
});
