import type { Direction } from '../../lists/sort-header.tsx';
import type { EventsSearch, EventsSort } from './events-search.ts';

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
