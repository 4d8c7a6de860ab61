import { FIDELITY_BUCKETS } from '@defrag/core';
import * as v from 'valibot';
import {
  day,
  direction,
  durationMs,
  pageSize,
  parameter,
  score,
  text,
  videoStatus,
} from '../../lib/search.ts';
import type { Direction } from './events-table.tsx';

export const EventsSearchSchema = v.object({
  sort: parameter(
    v.picklist(['event_date', 'created_at', 'friction_score', 'pressure_score', 'video_status']),
  ),
  direction,
  min_friction_score: score,
  max_friction_score: score,
  min_pressure_score: score,
  max_pressure_score: score,
  date_from: day,
  date_to: day,
  video_status: videoStatus,
  fidelity_bucket: parameter(v.picklist(FIDELITY_BUCKETS)),
  /** First characters of the id. */
  id_prefix: text(/^(?:-*[0-9a-f]){1,32}-*$/),
  /** Duration of the videos whose status is shown and that are rendered. */
  duration_ms: durationMs,
  limit: pageSize,
});

export type EventsSearch = v.InferOutput<typeof EventsSearchSchema>;

export type EventsSort = NonNullable<EventsSearch['sort']>;

/** The parameters that filter events. The two ends of a score range count as one filter. */
const FILTERS = [
  ['min_friction_score', 'max_friction_score'],
  ['min_pressure_score', 'max_pressure_score'],
  ['date_from'],
  ['date_to'],
  ['video_status'],
  ['fidelity_bucket'],
  ['id_prefix'],
] as const satisfies readonly (readonly (keyof EventsSearch)[])[];

export const NO_FILTERS: Partial<EventsSearch> = Object.fromEntries(
  FILTERS.flat().map((name) => [name, undefined]),
);

export function countFilters(search: EventsSearch): number {
  return FILTERS.filter((names) => names.some((name) => search[name] !== undefined)).length;
}

interface EventOrder {
  readonly sort: EventsSort;
  readonly direction: Direction;
}

export const SORT_NAMES: Readonly<Record<EventsSort, string>> = {
  event_date: 'Date',
  friction_score: 'Friction',
  pressure_score: 'Pressure',
  created_at: 'Created',
  video_status: 'Video',
};

/** The order in the URL. (Default: newest first) */
export function sortOf({ sort = 'event_date', direction = 'desc' }: EventsSearch): EventOrder {
  return { sort, direction };
}

/** The order after a click on a column: descending, or reversed when the list is already sorted by it. */
export function sortBy(before: EventOrder, sort: EventsSort): EventOrder {
  const isTurned = before.sort === sort && before.direction === 'desc';
  return { sort, direction: isTurned ? 'asc' : 'desc' };
}
