import type { FidelityBucket } from '@defrag/core';
import { SimpleGrid } from '@mantine/core';
import { ChoiceSelect, DayInput, PrefixInput, STATUS_NAMES } from '../../lists/filter-inputs.tsx';
import { FilterPanel } from '../../lists/filter-panel.tsx';
import { RangeInput } from '../../lists/range-input.tsx';
import { countFilters, type EventsSearch, NO_FILTERS } from './events-search.ts';

const FIDELITY_NAMES = { HIGH: 'High', MEDIUM: 'Medium', LOW: 'Low' } as const satisfies Record<
  FidelityBucket,
  string
>;

export function EventFilters({
  search,
  onChange,
}: {
  readonly search: EventsSearch;
  onChange(change: Partial<EventsSearch>): void;
}) {
  return (
    <FilterPanel active={countFilters(search)} onClear={() => onChange(NO_FILTERS)}>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} p="xs" spacing="lg" verticalSpacing="xs">
        <RangeInput
          label="Friction"
          value={[search.min_friction_score, search.max_friction_score]}
          onChange={([min_friction_score, max_friction_score]) =>
            onChange({ min_friction_score, max_friction_score })
          }
        />
        <RangeInput
          label="Pressure"
          value={[search.min_pressure_score, search.max_pressure_score]}
          onChange={([min_pressure_score, max_pressure_score]) =>
            onChange({ min_pressure_score, max_pressure_score })
          }
        />
        <DayInput
          label="From"
          value={search.date_from}
          max={search.date_to}
          onChange={(date_from) => onChange({ date_from })}
        />
        <DayInput
          label="To"
          value={search.date_to}
          min={search.date_from}
          onChange={(date_to) => onChange({ date_to })}
        />
        <ChoiceSelect
          label="Video status"
          value={search.video_status}
          choices={STATUS_NAMES}
          onChange={(video_status) => onChange({ video_status })}
        />
        <ChoiceSelect
          label="Fidelity"
          value={search.fidelity_bucket}
          choices={FIDELITY_NAMES}
          onChange={(fidelity_bucket) => onChange({ fidelity_bucket })}
        />
        <PrefixInput
          label="ID starts with"
          value={search.id_prefix}
          placeholder="00000000-0000"
          pattern={/^(?:-*[0-9a-f]){1,32}-*$/}
          hint="Use digits, letters a to f, and dashes."
          onChange={(id_prefix) => onChange({ id_prefix })}
        />
      </SimpleGrid>
    </FilterPanel>
  );
}
