import { describe, expect, it } from 'vitest';
import { bucketRequests, bucketSize, type RequestHour } from '../../src/pages/system/request-buckets.ts';

const HOUR_MS = 3_600_000;

/** Hours from a time on, each with a hit more than the one before, two misses and three that were forced. */
function hoursFrom(first: string, count: number): RequestHour[] {
  return Array.from({ length: count }, (_, index) => ({
    hour: new Date(Date.parse(first) + index * HOUR_MS).toISOString(),
    hits: index,
    misses: 2,
    forced: 3,
  }));
}

describe('the buckets of requests', () => {
  it('are hours in a window of a day, and days in longer ones', () => {
    expect([24, 168, 720].map(bucketSize)).toEqual(['hour', 'day', 'day']);
  });

  it('by the hour are the hours, each with its hit rate', () => {
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

  it('by the day lose no request, and begin where the days of the zone begin', () => {
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

  it('by the day have 23 hours where the clock goes forward, and 25 where it goes back', () => {
    const misses = (first: string) =>
      bucketRequests(hoursFrom(first, 72), 'day', 'Europe/Berlin').map((day) => day.misses / 2);
    expect(misses('2025-03-28T23:00:00.000Z')).toEqual([24, 23, 24, 1]);
    expect(misses('2025-10-24T22:00:00.000Z')).toEqual([24, 25, 23]);
  });

  it('have no hit rate where nobody asked, also where some were forced', () => {
    const quiet = hoursFrom('2025-03-01T10:00:00.000Z', 1).map((hour) => ({ ...hour, misses: 0 }));
    expect(bucketRequests(quiet, 'hour')).toMatchObject([{ hits: 0, misses: 0, forced: 3, hitRate: null }]);
    expect(bucketRequests([], 'day')).toEqual([]);
  });
});
