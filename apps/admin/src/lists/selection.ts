import { useState } from 'react';

export type ListSelection = ReturnType<typeof useSelection>;

/** Selection state of a list. Ids that leave the list no longer count. */
export function useSelection(listed: readonly string[]) {
  const [selection, setSelection] = useState(NO_SELECTION);
  return {
    ids: selectedAmong(selection, listed),
    listed: listed.length,
    has: (id: string) => selection.ids.has(id),
    toggle: (id: string, isRange: boolean) =>
      setSelection((isRange ? switchRange : switchOne)(selection, id, listed)),
    toggleAll: () => setSelection(switchAll(selection, listed)),
    select: (ids: readonly string[]) => setSelection({ ids: new Set(ids), anchor: undefined }),
  };
}

interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | undefined;
}

export const NO_SELECTION: Selection = { ids: new Set(), anchor: undefined };

export function selectedAmong(selection: Selection, ids: readonly string[]): string[] {
  return ids.filter((id) => selection.ids.has(id));
}

export function switchOne(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id };
}

/** Sets the range from the last toggled id to `id`, both included, to the opposite of `id`'s state. */
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

export function switchAll(selection: Selection, listed: readonly string[]): Selection {
  const areAllOn = listed.every((id) => selection.ids.has(id));
  return { ids: new Set(areAllOn ? [] : listed), anchor: undefined };
}

export function chunksOf<Item>(items: readonly Item[], length: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, chunk) =>
    items.slice(chunk * length, (chunk + 1) * length),
  );
}
