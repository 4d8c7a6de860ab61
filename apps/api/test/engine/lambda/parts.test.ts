import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal, isThrottled, mayHaveBeenTaken } from '../../../src/engine/lambda/lambda-errors.ts';
import { planChunks } from '../../../src/engine/lambda/plan-chunks.ts';
import { functionTimeoutSeconds, isFunctionName } from '../../../src/engine/lambda/settings.ts';

describe('the plan of a render', () => {
  it('has the wanted chunks where there is room for them', () => {
    expect(planChunks(180, { framesPerLambda: 20, concurrency: 1_000 })).toEqual({
      framesPerLambda: 20,
      slots: 11,
    });
    expect(planChunks(30, { framesPerLambda: 20, concurrency: 1_000 })).toEqual({
      framesPerLambda: 20,
      slots: 4,
    });
  });

  it('has room for every frame, and never needs more than there is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 300 }),
        fc.integer({ min: 5, max: 300 }),
        fc.integer({ min: 3, max: 1_000 }),
        (frames, framesPerLambda, concurrency) => {
          const plan = planChunks(frames, { framesPerLambda, concurrency });
          expect(plan.slots).toBeLessThanOrEqual(concurrency);
          expect((plan.slots - 2) * plan.framesPerLambda).toBeGreaterThanOrEqual(frames);
          expect(plan.framesPerLambda).toBeGreaterThanOrEqual(framesPerLambda);
        },
      ),
    );
  });
});

describe('an error of AWS', () => {
  const answered = (name: string, status: number) =>
    Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
  const broken = (code: string) => Object.assign(new Error(code), { code, $metadata: { attempts: 1 } });

  it.each([
    ['the SDK says it', answered('TooManyRequestsException', 429)],
    ['the function passes it on', new Error('Rate Exceeded.')],
    ['Remotion words it anew', new Error('AWS Concurrency limit reached (Original Error: x)')],
    ['AWS gives its reason', new Error('ConcurrentInvocationLimitExceeded')],
  ])('is throttling when %s', (_when, error) => {
    expect(isThrottled(error)).toBe(true);
  });

  it('leaves open whether AWS took an invocation only when the answer to it was lost', () => {
    expect(mayHaveBeenTaken(broken('ECONNRESET'))).toBe(true);
    expect(mayHaveBeenTaken(Object.assign(new Error('x'), { name: 'TimeoutError' }))).toBe(true);
    for (const error of [
      answered('AccessDeniedException', 403),
      broken('ECONNREFUSED'),
      broken('ENOTFOUND'),
    ]) {
      expect([mayHaveBeenTaken(error), isRefusal(error), isThrottled(error)]).toEqual([false, true, false]);
    }
    const byTheFunction = new Error('Version mismatch');
    expect([mayHaveBeenTaken(byTheFunction), isRefusal(byTheFunction)]).toEqual([false, false]);
  });
});

it('the name of a function tells how long it may take', () => {
  expect(functionTimeoutSeconds('remotion-render-4-0-527-mem2048mb-disk2048mb-120sec')).toBe(120);
  expect(isFunctionName('my-function')).toBe(false);
  expect(() => functionTimeoutSeconds('my-function')).toThrow(TypeError);
});
