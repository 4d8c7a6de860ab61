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

/** Search parameters of the list of friction events. */
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
  fidelity_bucket: parameter(v.picklist(['HIGH', 'MEDIUM', 'LOW'])),
  /** First characters of the id. */
  id_prefix: text(/^(?:-*[0-9a-f]){1,32}-*$/),
  /** Length of the videos that the status is about, and that are rendered. */
  duration_ms: durationMs,
  limit: pageSize,
});

/** See {@link EventsSearchSchema}. */
export type EventsSearch = v.InferOutput<typeof EventsSearchSchema>;

/** What the list can be sorted by. */
export type EventsSort = NonNullable<EventsSearch['sort']>;

/** Those parameters that leave events out. Each of them counts as a filter but for the ends of a range, which are one. */
const FILTERS = [
  ['min_friction_score', 'max_friction_score'],
  ['min_pressure_score', 'max_pressure_score'],
  ['date_from'],
  ['date_to'],
  ['video_status'],
  ['fidelity_bucket'],
  ['id_prefix'],
] as const satisfies readonly (readonly (keyof EventsSearch)[])[];

/** No filter is set. */
export const NO_FILTERS: Partial<EventsSearch> = Object.fromEntries(
  FILTERS.flat().map((name) => [name, undefined]),
);

/** How many filters are set. */
export function countFilters(search: EventsSearch): number {
  return FILTERS.filter((names) => names.some((name) => search[name] !== undefined)).length;
}

/** By what the list is sorted, and which way. */
export interface EventOrder {
  readonly sort: EventsSort;
  readonly direction: Direction;
}

/** What can be sorted by, and what that is called. */
export const SORT_NAMES: Readonly<Record<EventsSort, string>> = {
  event_date: 'Date',
  friction_score: 'Friction',
  pressure_score: 'Pressure',
  created_at: 'Created',
  video_status: 'Video',
};

/** The order that the URL asks for; newest first unless it says otherwise. */
export function sortOf({ sort = 'event_date', direction = 'desc' }: EventsSearch): EventOrder {
  return { sort, direction };
}

/** The order after a column was chosen: the greatest first, or turned round where the list was sorted by it already. */
export function sortBy(before: EventOrder, sort: EventsSort): EventOrder {
  const isTurned = before.sort === sort && before.direction === 'desc';
  return { sort, direction: isTurned ? 'asc' : 'desc' };
}
