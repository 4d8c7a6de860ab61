import type { Statistics } from '@defrag/client';

export type RequestHour = Statistics['requests']['hours'][number];

/** Requests within one hour or one day. */
export interface RequestBucket {
  /** Timestamp of the first hour. */
  readonly start: string;
  readonly hits: number;
  readonly misses: number;
  readonly forced: number;
  /** hits / (hits + misses), 0..1; null without either. */
  readonly hitRate: number | null;
}

/** Longest window shown by the hour. */
const MAX_SINGLE_HOURS = 48;

export function bucketSize(windowHours: number): 'hour' | 'day' {
  return windowHours <= MAX_SINGLE_HOURS ? 'hour' : 'day';
}

/**
 * Groups hours by hour or by calendar day. A day on which the clocks change has 23 or 25 hours; the first and the
 * last day may have fewer. `timeZone` is an IANA name (default: the reader's zone) that sets where days start.
 */
export function bucketRequests(
  hours: readonly RequestHour[],
  size: 'hour' | 'day',
  timeZone?: string,
): RequestBucket[] {
  const days = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone });
  const keyOf = ({ hour }: RequestHour) => (size === 'hour' ? hour : days.format(new Date(hour)));
  return [...Map.groupBy(hours, keyOf).values()].map(bucketOf);
}

function bucketOf(hours: readonly RequestHour[]): RequestBucket {
  const total = (outcome: 'hits' | 'misses' | 'forced') =>
    hours.reduce((sum, hour) => sum + hour[outcome], 0);
  const [hits, misses] = [total('hits'), total('misses')];
  return {
    start: hours[0]?.hour ?? '',
    hits,
    misses,
    forced: total('forced'),
    hitRate: hits + misses === 0 ? null : hits / (hits + misses),
  };
}
