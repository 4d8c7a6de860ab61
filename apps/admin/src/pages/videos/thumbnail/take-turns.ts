/** Lets tasks wait until it is their turn. */
interface Turns {
  /**
   * Runs a task as soon as there is room for it.
   *
   * @throws what the task throws; the signal's reason, without the task, when it is aborted before its turn
   */
  run<Result>(task: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
}

/**
 * Runs tasks in the order in which they come, a few at a time. One that is not wanted any longer takes no turn.
 *
 * @param atOnce most tasks at a time, at least 1
 */
export function createTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async run(task, signal) {
      while (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
      if (signal.aborted) {
        // It was this one's turn; the next one takes it.
        waiting.shift()?.();
        throw signal.reason;
      }
      running += 1;
      try {
        return await task();
      } finally {
        running -= 1;
        waiting.shift()?.();
      }
    },
  };
}
