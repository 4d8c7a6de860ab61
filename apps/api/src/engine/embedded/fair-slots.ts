interface Group {
  readonly waiting: (() => void)[];
  held: number;
}

export function createFairSlots(count: number) {
  // In the order of their last turn, because a Map keeps the order of insertion.
  const groups = new Map<symbol, Group>();
  let free = count;

  const forgetIfUnused = (key: symbol, { waiting, held }: Group) => {
    if (waiting.length === 0 && held === 0) groups.delete(key);
  };

  const handOut = () => {
    const candidates = [...groups].filter(([, { waiting }]) => waiting.length > 0);
    const least = Math.min(...candidates.map(([, { held }]) => held));
    const next = candidates.find(([, { held }]) => held === least);
    if (next === undefined || free === 0) return;
    const [key, group] = next;
    free -= 1;
    group.held += 1;
    groups.delete(key);
    groups.set(key, group);
    group.waiting.shift()?.();
  };

  return {
    /**
     * Waits for a slot. A free one goes to the group that holds the fewest, among equals to the one whose last turn is longest ago.
     *
     * @returns gives the slot back; call it once
     * @throws the signal's reason when it is aborted first
     */
    async take(key: symbol, signal: AbortSignal): Promise<() => void> {
      signal.throwIfAborted();
      const group = groups.get(key) ?? { waiting: [], held: 0 };
      groups.set(key, group);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const onAbort = () => {
        const index = group.waiting.indexOf(resolve);
        if (index < 0) return;
        group.waiting.splice(index, 1);
        forgetIfUnused(key, group);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort);
      group.waiting.push(resolve);
      handOut();
      await promise.finally(() => signal.removeEventListener('abort', onAbort));
      return () => {
        free += 1;
        group.held -= 1;
        forgetIfUnused(key, group);
        handOut();
      };
    },
  };
}
