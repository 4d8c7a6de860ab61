/**
 * Runs a task now and again after each pause, never twice at once. The returned function ends it and waits for a running one.
 *
 * @param pauseMs milliseconds from the end of one run to the begin of the next
 * @param task must not reject
 */
export function repeat(pauseMs: number, task: () => Promise<void>): () => Promise<void> {
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const run = () => {
    running = task().then(() => {
      if (!ended) timer = setTimeout(run, pauseMs);
    });
  };
  run();
  return () => {
    ended = true;
    clearTimeout(timer);
    return running;
  };
}
