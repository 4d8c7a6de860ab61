import type { FrictionEvent } from '@defrag/client';
import { VIDEO_FORMAT } from '@defrag/core';
import { Skeleton, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBolt } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { getQueryKey } from '@trpc/react-query';
import { useRef, useState } from 'react';
import { trpc } from '../../api/trpc.ts';
import { type Pages, usePages } from '../../api/use-pages.ts';
import { changeSearch } from '../../lib/search.ts';
import { BulkButton, ListBar } from '../../lists/list-bar.tsx';
import { EmptyList, ListView } from '../../lists/list-view.tsx';
import { useSelection } from '../../lists/selection.ts';
import { DurationSelect } from '../../ui/duration-select.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { EventFilters } from './event-filters.tsx';
import { EventsCards } from './events-cards.tsx';
import { countFilters, type EventsSearch, NO_FILTERS } from './events-search.ts';
import { EventsTable } from './events-table.tsx';
import { type Refusal, Refusals, useRenderMany } from './render-many.tsx';

/** From this width on, the table fits. */
const TABLE_WIDTH = '(min-width: 80em)';

export function EventsPage() {
  const [search, change] = useEventsSearch();
  const events = useEvents(search);
  const selection = useSelection(events.items?.map(({ id }) => id) ?? []);
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const render = useRenderMany(({ taken, refused }) => {
    setRefusals(refused);
    selection.select(selection.ids.filter((id) => !taken.includes(id)));
  });
  const isTable = useMediaQuery(TABLE_WIDTH, undefined, { getInitialValueInEffect: false });
  const list = useRef<HTMLDivElement>(null);
  const Rows = isTable ? EventsTable : EventsCards;
  return (
    <>
      <PageHeader title="Friction events" description="Friction events and the status of their videos." />
      <EventFilters search={search} onChange={change} />
      <Refusals refusals={refusals} onClose={() => setRefusals([])} />
      <ListBar noun="events" selection={selection} hasMore={events.hasNextPage}>
        <DurationSelect
          aria-label="Video length"
          size="xs"
          w={76}
          durationMs={search.duration_ms ?? VIDEO_FORMAT.defaultDurationMs}
          onChange={(ms) => change({ duration_ms: ms === VIDEO_FORMAT.defaultDurationMs ? undefined : ms })}
        />
        <BulkButton
          label="Render"
          count={selection.ids.length}
          isMain
          isPending={render.isPending}
          onClick={() => render.mutate({ frictionIds: selection.ids, durationMs: search.duration_ms })}
        />
      </ListBar>
      <div ref={list}>
        <ListView
          pages={events}
          pageSize={search.limit}
          onPageSize={(limit) => change({ limit })}
          skeleton={<EventsSkeleton rowHeight={isTable ? 32 : 120} />}
          empty={
            <EmptyList
              noun="events"
              icon={IconBolt}
              hint="They appear here once the product has written the first one."
              isFiltered={countFilters(search) > 0}
              onClear={() => change(NO_FILTERS)}
            />
          }
          focusOn={(index) =>
            list.current?.querySelectorAll<HTMLElement>('[data-event-link]')[index]?.focus()
          }
        >
          {(items) => <Rows events={items} search={search} selection={selection} onChange={change} />}
        </ListView>
      </div>
    </>
  );
}

const ROWS = Array.from({ length: 12 }, (_, row) => row);

function EventsSkeleton({ rowHeight }: { readonly rowHeight: number }) {
  return (
    <Stack gap={9} py="xs" role="status" aria-label="Loading friction events">
      {ROWS.map((row) => (
        <Skeleton key={row} h={rowHeight} radius="sm" />
      ))}
    </Stack>
  );
}

const route = getRouteApi('/signed-in/events');

function useEventsSearch(): [EventsSearch, (change: Partial<EventsSearch>) => void] {
  const navigate = route.useNavigate();
  return [route.useSearch(), (change) => void changeSearch<EventsSearch>(navigate, change)];
}

/** The events that match the URL; refetched while one of their videos is rendering. */
function useEvents(search: EventsSearch): Pages<FrictionEvent> {
  const utils = trpc.useUtils();
  return usePages({
    queryKey: [...getQueryKey(trpc.admin.frictionEvents.list), { pages: search }],
    read: (cursor, signal) => utils.client.admin.frictionEvents.list.query({ ...search, cursor }, { signal }),
    isMoving: (events) => events.some(({ video }) => video.status === 'QUEUED'),
  });
}
