import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preferredWaitSeconds } from '../../src/server/prefer.ts';

describe('the Prefer header', () => {
  it.each([
    ['wait=10', 10],
    ['WAIT=10', 10],
    ['wait = 10', 10],
    ['wait="10"', 10],
    ['wait=0', 0],
    ['wait=10; foo=bar', 10],
    ['respond-async, wait=10', 10],
    ['respond-async,wait=10', 10],
    ['return=minimal, , wait=3', 3],
  ])('%s: %i seconds', (header, seconds) => {
    expect(preferredWaitSeconds(header)).toBe(seconds);
  });

  it('is limited to 60 seconds', () => {
    expect(preferredWaitSeconds('wait=61')).toBe(60);
    expect(preferredWaitSeconds('wait=999999999')).toBe(60);
  });

  it('uses the first of two waits', () => {
    expect(preferredWaitSeconds('wait=5, wait=50')).toBe(5);
  });

  it.each([
    undefined,
    '',
    'respond-async',
    'wait',
    'wait=',
    'wait=abc',
    'wait=-1',
    'wait=1.5',
    'wait=1e1',
    'wait=1 0',
    'wait="',
    'await=5',
    'wait=99999999999999999999',
  ])('ignores %s', (header) => {
    expect(preferredWaitSeconds(header)).toBeUndefined();
  });

  it('never throws or returns more than 60 seconds for any text', () => {
    fc.assert(
      fc.property(fc.string(), (noise) => {
        for (const header of [noise, `wait=${noise}`, `${noise},wait=5`]) {
          const seconds = preferredWaitSeconds(header);
          expect(seconds === undefined || (seconds >= 0 && seconds <= 60)).toBe(true);
        }
      }),
    );
  });
});
