import type { FrictionEvent } from '@defrag/client';
import { getRouteApi } from '@tanstack/react-router';
import { getQueryKey } from '@trpc/react-query';
import { trpc } from '../../api/trpc.ts';
import { type Pages, usePages } from '../../api/use-pages.ts';
import { changeSearch } from '../../app/change-search.ts';
import type { EventsSearch } from './events-search.ts';

const route = getRouteApi('/signed-in/events');

/** What the URL says of the list of events, and how that is changed. */
export function useEventsSearch(): [EventsSearch, (change: Partial<EventsSearch>) => void] {
  const navigate = route.useNavigate();
  return [route.useSearch(), (change) => void changeSearch<EventsSearch>(navigate, change)];
}

/** The events that the URL asks for; looked at again while a video of them is on its way. */
export function useEvents(search: EventsSearch): Pages<FrictionEvent> {
  const utils = trpc.useUtils();
  return usePages({
    queryKey: [...getQueryKey(trpc.admin.frictionEvents.list), { pages: search }],
    read: (cursor, signal) => utils.client.admin.frictionEvents.list.query({ ...search, cursor }, { signal }),
    isMoving: (events) => events.some(({ video }) => video.status === 'QUEUED'),
  });
}
