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
