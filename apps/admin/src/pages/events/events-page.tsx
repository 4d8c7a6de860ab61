import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBolt, IconFilterOff } from '@tabler/icons-react';
import { type ReactElement, useRef, useState } from 'react';
import { BulkButton } from '../../lists/bulk-button.tsx';
import { ListBar } from '../../lists/list-bar.tsx';
import { ListView } from '../../lists/list-view.tsx';
import { useSelection } from '../../lists/use-selection.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { EventFilters } from './event-filters.tsx';
import { EventsCards } from './events-cards.tsx';
import { countFilters, NO_FILTERS } from './events-search.ts';
import { EventsSkeleton } from './events-skeleton.tsx';
import { EventsTable } from './events-table.tsx';
import { LengthSelect } from './length-select.tsx';
import { Refusals } from './refusals.tsx';
import { useEvents, useEventsSearch } from './use-events.ts';
import { type Refusal, useRenderMany } from './use-render-many.ts';

/** From this width on there is room for a table. */
const TABLE_WIDTH = '(min-width: 80em)';

/** All friction events: find them, see where their videos stand, and render many of them. */
export function EventsPage(): ReactElement {
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
      <PageHeader title="Friction events" description="What happened, and where its video stands." />
      <EventFilters search={search} onChange={change} />
      <Refusals refusals={refusals} onClose={() => setRefusals([])} />
      <ListBar noun="events" selection={selection} hasMore={events.hasNextPage}>
        <LengthSelect durationMs={search.duration_ms} onChange={(duration_ms) => change({ duration_ms })} />
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
            countFilters(search) === 0 ? (
              <EmptyState icon={IconBolt} title="There are no friction events yet">
                They appear here as soon as the product has written the first one.
              </EmptyState>
            ) : (
              <EmptyState icon={IconFilterOff} title="No event matches these filters">
                <Button variant="default" size="xs" onClick={() => change(NO_FILTERS)}>
                  Show all events
                </Button>
              </EmptyState>
            )
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
