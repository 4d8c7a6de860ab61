import type { VideoProgress } from '@defrag/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNewsAfter, progressEventId } from './progress-event-id.ts';

const JOB = '5b0d1c2e-5f8a-4c3b-9a57-2d1f0f6f7a10';

function progress(overrides: Partial<VideoProgress> = {}): VideoProgress {
  return {
    hash: 'a'.repeat(64),
    status: 'QUEUED',
    job_id: JOB,
    job_state: 'RENDERING',
    frames_done: 50,
    frames_total: 180,
    tries: 1,
    error_code: null,
    url: null,
    ...overrides,
  };
}

describe('isNewsAfter', () => {
  const seen = progressEventId(progress());

  it('returns false for the same state, whose id is the same', () => {
    expect(progressEventId(progress())).toBe(seen);
    expect(isNewsAfter(seen, progress())).toBe(false);
  });

  it.each<Partial<VideoProgress>>([
    { frames_done: 51 },
    { tries: 2 },
    { job_state: 'SUCCEEDED', status: 'READY', frames_done: 180 },
    { job_state: 'QUEUED' },
    { job_id: '00000000-0000-4000-8000-000000000001', frames_done: 0 },
    { job_id: null, job_state: null, frames_done: 0, tries: 0 },
  ])('returns true after a change to %j', (overrides) => {
    expect(isNewsAfter(seen, progress(overrides))).toBe(true);
  });

  it('returns false for an item older than the last seen one', () => {
    expect(isNewsAfter(seen, progress({ frames_done: 49 }))).toBe(false);
    expect(isNewsAfter(progressEventId(progress({ tries: 2 })), progress({ frames_done: 60 }))).toBe(false);
    const ended = progressEventId(progress({ job_state: 'FAILED', status: 'FAILED' }));
    expect(isNewsAfter(ended, progress({ frames_done: 51 }))).toBe(false);
  });

  it('returns true when the last id is missing or was not created by this API', () => {
    fc.assert(
      fc.property(fc.string(), (noise) => {
        fc.pre(!/^(-|[0-9a-f-]{36})\./.test(noise));
        expect(isNewsAfter(noise, progress())).toBe(true);
      }),
    );
    expect(isNewsAfter(null, progress())).toBe(true);
    expect(isNewsAfter(undefined, progress())).toBe(true);
  });

  it('returns true in at most one direction for two items with different frames or tries', () => {
    const item = fc.record({
      frames_done: fc.nat({ max: 180 }),
      tries: fc.integer({ min: 1, max: 3 }),
      job_state: fc.constantFrom('QUEUED' as const, 'RENDERING' as const, 'FAILED' as const),
    });
    fc.assert(
      fc.property(item, item, (left, right) => {
        const [before, after] = [progress(left), progress(right)];
        const forth = isNewsAfter(progressEventId(before), after);
        const back = isNewsAfter(progressEventId(after), before);
        if (forth && back)
          expect([before.frames_done, before.tries]).toEqual([after.frames_done, after.tries]);
      }),
    );
  });
});
