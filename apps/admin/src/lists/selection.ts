import { useState } from 'react';

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

/** Which of a list's ids are selected, and where a range would begin. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** What was switched last. */
  readonly anchor: string | undefined;
}

/** Nothing is selected. */
export const NO_SELECTION: Selection = { ids: new Set(), anchor: undefined };

/** Those of the selected ids that are in the list, in its order. */
export function selectedAmong(selection: Selection, ids: readonly string[]): string[] {
  return ids.filter((id) => selection.ids.has(id));
}

/** Switches one id on or off. */
export function switchOne(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id };
}

/**
 * Switches everything from what was switched last to an id, both included, to what the id is not.
 *
 * @param listed the ids of the list in its order
 */
export function switchRange(selection: Selection, id: string, listed: readonly string[]): Selection {
  const to = listed.indexOf(id);
  const from = selection.anchor === undefined ? -1 : listed.indexOf(selection.anchor);
  if (from < 0 || to < 0) return switchOne(selection, id);
  const range = listed.slice(Math.min(from, to), Math.max(from, to) + 1);
  const ids = new Set(selection.ids);
  const isOn = !ids.has(id);
  for (const each of range) {
    if (isOn) ids.add(each);
    else ids.delete(each);
  }
  return { ids, anchor: id };
}

/** Switches all ids of the list on, or off where all of them are on. */
export function switchAll(selection: Selection, listed: readonly string[]): Selection {
  const areAllOn = listed.every((id) => selection.ids.has(id));
  return { ids: new Set(areAllOn ? [] : listed), anchor: undefined };
}

/** Cuts a list into pieces of a length, but for the last one, which may be shorter. */
export function chunksOf<Item>(items: readonly Item[], length: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, chunk) =>
    items.slice(chunk * length, (chunk + 1) * length),
  );
}
