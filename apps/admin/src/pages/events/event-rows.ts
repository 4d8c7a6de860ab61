import type { FrictionEvent } from '@defrag/client';
import type { ListSelection } from '../../lists/use-selection.ts';
import type { EventsSearch } from './events-search.ts';

/** What a table and cards of events need. */
export interface EventRowsProps {
  readonly events: readonly FrictionEvent[];
  readonly search: EventsSearch;
  readonly selection: ListSelection;
  onChange(change: Partial<EventsSearch>): void;
}
