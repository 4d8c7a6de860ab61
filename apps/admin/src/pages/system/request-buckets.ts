import type { Statistics } from '@defrag/client';

/** Requests for videos within one hour of the API. */
export type RequestHour = Statistics['requests']['hours'][number];

/** Requests for videos within an hour or a day. */
export interface RequestBucket {
  /** Timestamp of the first hour in it. */
  readonly start: string;
  readonly hits: number;
  readonly misses: number;
  readonly forced: number;
  /** hits / (hits + misses), 0..1; null without any. */
  readonly hitRate: number | null;
}

/** Hours of the longest window whose hours are shown one by one. */
const MAX_SINGLE_HOURS = 48;

/** Whether a window is shown by the hour or by the day. */
export function bucketSize(windowHours: number): 'hour' | 'day' {
  return windowHours <= MAX_SINGLE_HOURS ? 'hour' : 'day';
}

/**
 * Puts the hours of a window together to what a chart of it shows: hours, or the days of the calendar. A day of the clock's change
 * has 23 or 25 hours; the first day and the last one may have fewer.
 *
 * @param hours every hour of the window, the oldest first
 * @param timeZone IANA name of the zone that says where days begin. (Default: the reader's own)
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
