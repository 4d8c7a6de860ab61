/** What a pool has to know of a worker. */
export interface PooledWorker {
  readonly isAlive: boolean;
  kill(): Promise<void>;
}

/** Workers that are kept for the next invocation; no more than the limit at a time. */
export interface WorkerPool<Worker extends PooledWorker> {
  /** A worker of one's own, as soon as there is room for it; a warm one where there is one. @throws when none can be started */
  take(): Promise<Worker>;
  /** Gives a worker back. One that has died makes room for a new one. */
  giveBack(worker: Worker): void;
  /** Kills all workers. Those who wait are refused. */
  close(): Promise<void>;
}

/**
 * Makes an empty pool.
 *
 * @param options.limit workers at the same time; who comes when all are taken waits for its turn
 */
export function createWorkerPool<Worker extends PooledWorker>(options: {
  limit: number;
  start: () => Promise<Worker>;
}): WorkerPool<Worker> {
  const warm: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: { resolve(): void; reject(error: Error): void }[] = [];
  let taken = 0;
  let closed = false;

  const admit = async () => {
    if (closed) throw new Error('The emulator was closed.');
    if (taken < options.limit) {
      taken += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
  };

  /** Hands the place on to who waits longest. */
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) taken -= 1;
    else next.resolve();
  };

  return {
    async take() {
      await admit();
      const found = warm.pop();
      if (found?.isAlive) return found;
      try {
        const started = await options.start();
        all.add(started);
        if (closed) await started.kill();
        return started;
      } catch (error) {
        leave();
        throw error;
      }
    },
    giveBack(worker) {
      if (worker.isAlive && !closed) warm.push(worker);
      else all.delete(worker);
      leave();
    },
    async close() {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(new Error('The emulator was closed.'));
      await Promise.all([...all].map((worker) => worker.kill()));
    },
  };
}
