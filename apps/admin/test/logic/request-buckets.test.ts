import { describe, expect, it } from 'vitest';
import { bucketRequests, bucketSize, type RequestHour } from '../../src/pages/system/request-buckets.ts';

const HOUR_MS = 3_600_000;

/** Consecutive hours with 0, 1, 2, ... hits, two misses and three forced requests each. */
function hoursFrom(first: string, count: number): RequestHour[] {
  return Array.from({ length: count }, (_, index) => ({
    hour: new Date(Date.parse(first) + index * HOUR_MS).toISOString(),
    hits: index,
    misses: 2,
    forced: 3,
  }));
}

describe('bucketRequests', () => {
  it('is used by the hour for a day, and by the day for longer ranges', () => {
    expect([24, 168, 720].map(bucketSize)).toEqual(['hour', 'day', 'day']);
  });

  it('returns hours with their hit rates', () => {
    const hours = hoursFrom('2025-03-01T10:00:00.000Z', 3);
    expect(bucketRequests(hours, 'hour')).toEqual(
      hours.map(({ hour, hits, misses, forced }) => ({
        start: hour,
        hits,
        misses,
        forced,
        hitRate: hits / (hits + misses),
      })),
    );
  });

  it('groups all requests into days of the time zone', () => {
    const hours = hoursFrom('2025-03-01T10:00:00.000Z', 48);
    const days = bucketRequests(hours, 'day', 'Asia/Tokyo');
    expect(days.map(({ start }) => start)).toEqual([
      '2025-03-01T10:00:00.000Z',
      '2025-03-01T15:00:00.000Z',
      '2025-03-02T15:00:00.000Z',
    ]);
    for (const outcome of ['hits', 'misses', 'forced'] as const) {
      const sum = (parts: readonly { [key in typeof outcome]: number }[]) =>
        parts.reduce((total, part) => total + part[outcome], 0);
      expect(sum(days)).toBe(sum(hours));
    }
    expect(days[0]).toEqual({
      start: '2025-03-01T10:00:00.000Z',
      hits: 10,
      misses: 10,
      forced: 15,
      hitRate: 0.5,
    });
  });

  it('makes days of 23 and 25 hours when the clocks change', () => {
    const misses = (first: string) =>
      bucketRequests(hoursFrom(first, 72), 'day', 'Europe/Berlin').map((day) => day.misses / 2);
    expect(misses('2025-03-28T23:00:00.000Z')).toEqual([24, 23, 24, 1]);
    expect(misses('2025-10-24T22:00:00.000Z')).toEqual([24, 25, 23]);
  });

  it('has no hit rate without requests, or with forced ones only', () => {
    const quiet = hoursFrom('2025-03-01T10:00:00.000Z', 1).map((hour) => ({ ...hour, misses: 0 }));
    expect(bucketRequests(quiet, 'hour')).toMatchObject([{ hits: 0, misses: 0, forced: 3, hitRate: null }]);
    expect(bucketRequests([], 'day')).toEqual([]);
  });
});
