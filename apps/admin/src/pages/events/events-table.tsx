import type { FrictionEvent } from '@defrag/client';
import { Group, Table, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { formatAgo, formatDateTime } from '../../lib/format.ts';
import { SelectBox } from '../../lists/list-bar.tsx';
import type { ListSelection } from '../../lists/selection.ts';
import { EventLink } from '../../ui/event-link.tsx';
import { ScoreBar } from '../../ui/score-bar.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { type EventsSearch, type EventsSort, sortBy, sortOf } from './events-search.ts';

export interface EventRowsProps {
  readonly events: readonly FrictionEvent[];
  readonly search: EventsSearch;
  readonly selection: ListSelection;
  onChange(change: Partial<EventsSearch>): void;
}

/** Events as rows, for wide windows. */
export function EventsTable({ events, search, selection, onChange }: EventRowsProps) {
  const sorted = sortOf(search);
  const header = (sort: EventsSort, label: string) => (
    <SortHeader
      label={label}
      direction={sorted.sort === sort ? sorted.direction : undefined}
      onSort={() => onChange(sortBy(sorted, sort))}
    />
  );
  return (
    <Table.ScrollContainer
      minWidth={980}
      type="native"
      role="region"
      aria-label="Friction events"
      tabIndex={0}
    >
      <Table style={{ whiteSpace: 'nowrap' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={40}>
              <VisuallyHidden>Selected</VisuallyHidden>
            </Table.Th>
            <Table.Th className="label">Event</Table.Th>
            {header('video_status', 'Video')}
            {header('event_date', 'Date')}
            {header('friction_score', 'Friction')}
            {header('pressure_score', 'Pressure')}
            <Table.Th className="label">Fidelity</Table.Th>
            {header('created_at', 'Created')}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {events.map((event) => (
            <Table.Tr
              key={event.id}
              style={{
                background: selection.has(event.id) ? 'var(--mantine-color-default-hover)' : undefined,
              }}
            >
              <Table.Td>
                <SelectBox id={event.id} label={`Select event ${event.id}`} selection={selection} />
              </Table.Td>
              <Table.Td>
                <EventLink frictionId={event.id} durationMs={search.duration_ms} />
              </Table.Td>
              <Table.Td miw={112}>
                <StatusBadge status={event.video.status} />
              </Table.Td>
              <Table.Td className="number">
                <Text size="sm" span>
                  {event.event_date}
                </Text>
              </Table.Td>
              <Table.Td>
                <ScoreBar score={event.friction_score} kind="friction" />
              </Table.Td>
              <Table.Td>
                <ScoreBar score={event.pressure_score} kind="pressure" />
              </Table.Td>
              <Table.Td className="label">{event.fidelity_bucket}</Table.Td>
              <Table.Td>
                <Text size="sm" c="dimmed" title={formatDateTime(event.created_at)}>
                  {formatAgo(event.created_at)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

export type Direction = 'asc' | 'desc';

const SORT_WORDS = { asc: 'ascending', desc: 'descending' } as const;
const ICONS = { asc: IconArrowUp, desc: IconArrowDown } as const;

/** A sortable column header; `direction` is undefined when the table is sorted by another column. */
function SortHeader({
  label,
  direction,
  onSort,
}: {
  readonly label: string;
  readonly direction: Direction | undefined;
  onSort(): void;
}) {
  const Icon = direction ? ICONS[direction] : IconArrowsSort;
  return (
    <Table.Th aria-sort={direction && SORT_WORDS[direction]}>
      <UnstyledButton
        className="label"
        onClick={onSort}
        c={direction ? 'var(--mantine-color-text)' : 'dimmed'}
      >
        <Group gap={4} wrap="nowrap" component="span">
          {label}
          <Icon size={14} opacity={direction ? 1 : 0.5} />
        </Group>
      </UnstyledButton>
    </Table.Th>
  );
}
