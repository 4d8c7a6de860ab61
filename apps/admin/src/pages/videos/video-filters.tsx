import type { EngineName } from '@defrag/core';
import { SimpleGrid } from '@mantine/core';
import { ChoiceSelect, DayInput, PrefixInput, STATUS_NAMES } from '../../lists/filter-inputs.tsx';
import { FilterPanel } from '../../lists/filter-panel.tsx';
import { countFilters, NO_FILTERS, type VideosSearch } from './videos-search.ts';

const ENGINE_NAMES = {
  embedded: 'Embedded',
  remotion: 'Remotion',
  lambda: 'Lambda',
} as const satisfies Record<EngineName, string>;
const ORDER_NAMES = { asc: 'Oldest first' } as const;

export function VideoFilters({
  search,
  onChange,
}: {
  readonly search: VideosSearch;
  onChange(change: Partial<VideosSearch>): void;
}) {
  return (
    <FilterPanel active={countFilters(search)} onClear={() => onChange(NO_FILTERS)}>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} p="xs" spacing="lg" verticalSpacing="xs">
        <ChoiceSelect
          label="Status"
          value={search.status}
          choices={STATUS_NAMES}
          onChange={(status) => onChange({ status })}
        />
        <ChoiceSelect
          label="Engine"
          value={search.engine}
          choices={ENGINE_NAMES}
          onChange={(engine) => onChange({ engine })}
        />
        <PrefixInput
          label="Renderer version"
          value={search.renderer_version}
          placeholder="v1-video"
          normalise={(typed) => typed.trim()}
          pattern={/^[\w.-]{1,100}$/}
          hint="Use letters, digits, dots and dashes."
          onChange={(renderer_version) => onChange({ renderer_version })}
        />
        <PrefixInput
          label="Hash starts with"
          value={search.hash_prefix}
          placeholder="1a2b3c"
          pattern={/^[0-9a-f]{1,64}$/}
          hint="Use digits and letters a to f."
          onChange={(hash_prefix) => onChange({ hash_prefix })}
        />
        <PrefixInput
          label="Friction event"
          value={search.friction_id}
          placeholder="00000000-0000-4000-8000-…"
          pattern={/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/}
          hint="Enter the complete event ID."
          onChange={(friction_id) => onChange({ friction_id })}
        />
        <DayInput
          label="From"
          value={search.created_from}
          max={search.created_to}
          onChange={(created_from) => onChange({ created_from })}
        />
        <DayInput
          label="To"
          value={search.created_to}
          min={search.created_from}
          onChange={(created_to) => onChange({ created_to })}
        />
        <ChoiceSelect
          label="Order"
          value={search.direction === 'asc' ? 'asc' : undefined}
          choices={ORDER_NAMES}
          anyLabel="Newest first"
          onChange={(direction) => onChange({ direction })}
        />
      </SimpleGrid>
    </FilterPanel>
  );
}
