/**
 * Runs a task now and again after each pause, never twice at once.
 *
 * @param pauseMs milliseconds from the end of one run to the start of the next
 * @param task must not reject
 * @returns stops it and waits for a running task
 */
export function repeat(pauseMs: number, task: () => Promise<void>): () => Promise<void> {
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = () => {
    running = task().then(() => {
      if (!stopped) timer = setTimeout(run, pauseMs);
    });
  };
  run();
  return () => {
    stopped = true;
    clearTimeout(timer);
    return running;
  };
}
