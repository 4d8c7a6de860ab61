import { ActionIcon, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { SelectBox } from '../../lists/list-bar.tsx';
import { EventLink } from '../../ui/event-link.tsx';
import { ScoreBar } from '../../ui/score-bar.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { type EventsSort, SORT_NAMES, sortOf } from './events-search.ts';
import type { EventRowsProps } from './events-table.tsx';

/** Events as cards, for windows too narrow for the table. */
export function EventsCards({ events, search, selection, onChange }: EventRowsProps) {
  const { sort, direction } = sortOf(search);
  const isAscending = direction === 'asc';
  const Icon = isAscending ? IconSortAscending : IconSortDescending;
  return (
    <Stack gap="xs" py="xs">
      <Group gap="xs" align="end">
        <NativeSelect
          flex={1}
          label="Sort by"
          value={sort}
          data={Object.entries(SORT_NAMES).map(([value, label]) => ({ value, label }))}
          onChange={({ currentTarget }) => onChange({ sort: currentTarget.value as EventsSort })}
        />
        <ActionIcon
          variant="default"
          size={36}
          aria-label={isAscending ? 'Sort descending' : 'Sort ascending'}
          onClick={() => onChange({ direction: isAscending ? 'desc' : 'asc' })}
        >
          <Icon size={18} />
        </ActionIcon>
      </Group>
      <ul className="card-grid" aria-label="Friction events">
        {events.map((event) => (
          <Paper component="li" key={event.id} p="sm">
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <SelectBox id={event.id} label={`Select event ${event.id}`} selection={selection} />
              <Stack gap={6} flex={1} miw={0}>
                <EventLink frictionId={event.id} durationMs={search.duration_ms} />
                <Fact label="Friction">
                  <ScoreBar score={event.friction_score} kind="friction" />
                </Fact>
                <Fact label="Pressure">
                  <ScoreBar score={event.pressure_score} kind="pressure" />
                </Fact>
                <Group justify="space-between" gap="xs">
                  <Text size="sm" c="dimmed" className="number">
                    {event.event_date} · {event.fidelity_bucket.toLowerCase()}
                  </Text>
                  <StatusBadge status={event.video.status} />
                </Group>
              </Stack>
            </Group>
          </Paper>
        ))}
      </ul>
    </Stack>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap">
      <Text className="label" component="span">
        {label}
      </Text>
      {children}
    </Group>
  );
}
