import { useState } from 'react';
import { NO_SELECTION, selectedAmong, switchAll, switchOne, switchRange } from './selection.ts';

/** What is selected in a list, and how that is changed. */
export interface ListSelection {
  /** The selected ids in the order of the list. */
  readonly ids: readonly string[];
  /** How many ids the list has. */
  readonly listed: number;
  has(id: string): boolean;
  /** Switches one id, or everything from the one that was switched last to it. */
  toggle(id: string, isRange: boolean): void;
  /** Switches all. */
  toggleAll(): void;
  /** Selects just these. */
  select(ids: readonly string[]): void;
}

/**
 * Keeps what is selected in a list. What leaves the list counts no longer.
 *
 * @param listed the ids of the list in its order
 */
export function useSelection(listed: readonly string[]): ListSelection {
  const [selection, setSelection] = useState(NO_SELECTION);
  return {
    ids: selectedAmong(selection, listed),
    listed: listed.length,
    has: (id) => selection.ids.has(id),
    toggle: (id, isRange) => setSelection((isRange ? switchRange : switchOne)(selection, id, listed)),
    toggleAll: () => setSelection(switchAll(selection, listed)),
    select: (ids) => setSelection({ ids: new Set(ids), anchor: undefined }),
  };
}
