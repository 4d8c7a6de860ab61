import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal, isThrottled, mayHaveBeenTaken } from '../../../src/engine/lambda/lambda-errors.ts';
import { planChunks } from '../../../src/engine/lambda/plan-chunks.ts';
import { functionTimeoutSeconds, isFunctionName } from '../../../src/engine/lambda/settings.ts';

describe('planChunks', () => {
  it('uses the requested chunk size when the concurrency allows it', () => {
    expect(planChunks(180, { framesPerLambda: 20, concurrency: 1_000 })).toEqual({
      framesPerLambda: 20,
      slots: 11,
    });
    expect(planChunks(30, { framesPerLambda: 20, concurrency: 1_000 })).toEqual({
      framesPerLambda: 20,
      slots: 4,
    });
  });

  it('covers every frame and never exceeds the concurrency', () => {
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

describe('AWS errors', () => {
  const answered = (name: string, status: number) =>
    Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
  const broken = (code: string) => Object.assign(new Error(code), { code, $metadata: { attempts: 1 } });

  it.each([
    ['the SDK response has its code', answered('TooManyRequestsException', 429)],
    ['the function passes on its message', new Error('Rate Exceeded.')],
    ['Remotion rewords it', new Error('AWS Concurrency limit reached (Original Error: x)')],
    ['AWS names its reason', new Error('ConcurrentInvocationLimitExceeded')],
  ])('are throttling when %s', (_when, error) => {
    expect(isThrottled(error)).toBe(true);
  });

  it('may mean that AWS accepted the invocation only when the response was lost', () => {
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

it('functionTimeoutSeconds reads the timeout from the function name, and throws for other names', () => {
  expect(functionTimeoutSeconds('remotion-render-4-0-527-mem2048mb-disk2048mb-120sec')).toBe(120);
  expect(isFunctionName('my-function')).toBe(false);
  expect(() => functionTimeoutSeconds('my-function')).toThrow(TypeError);
});
