/** Work that waits, in groups that get equal shares. */
export interface FairQueue<Item> {
  push(group: symbol, item: Item): void;
  /** Takes the next item out; its group has one more in work until `done`. */
  take(): { readonly group: symbol; readonly item: Item } | undefined;
  /** Says that an item of the group is no longer in work. */
  done(group: symbol): void;
  /** Takes out an item that still waits; false when it is no longer there. */
  remove(group: symbol, item: Item): boolean;
}

/**
 * Makes a queue that always serves the group with the least in work, and among equals the one that waited longest for its
 * turn. Within a group the order is that of `push`.
 */
export function createFairQueue<Item>(): FairQueue<Item> {
  // In the order of their last turn, which is the order in which a Map keeps its keys.
  const groups = new Map<symbol, { waiting: Item[]; inWork: number }>();

  const forgetWhenEmpty = (group: symbol) => {
    const state = groups.get(group);
    if (state?.waiting.length === 0 && state.inWork === 0) groups.delete(group);
  };

  return {
    push(group, item) {
      const state = groups.get(group) ?? { waiting: [], inWork: 0 };
      state.waiting.push(item);
      groups.set(group, state);
    },
    take() {
      let next: symbol | undefined;
      let least = Number.POSITIVE_INFINITY;
      for (const [group, { waiting, inWork }] of groups) {
        if (waiting.length > 0 && inWork < least) {
          next = group;
          least = inWork;
        }
      }
      const state = next && groups.get(next);
      if (!next || !state) return undefined;
      const item = state.waiting.shift() as Item;
      state.inWork += 1;
      groups.delete(next);
      groups.set(next, state);
      return { group: next, item };
    },
    done(group) {
      const state = groups.get(group);
      if (!state) return;
      state.inWork -= 1;
      forgetWhenEmpty(group);
    },
    remove(group, item) {
      const state = groups.get(group);
      const index = state?.waiting.indexOf(item) ?? -1;
      if (!state || index < 0) return false;
      state.waiting.splice(index, 1);
      forgetWhenEmpty(group);
      return true;
    },
  };
}
