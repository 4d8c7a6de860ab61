export interface PooledWorker {
  readonly isAlive: boolean;
  kill(): Promise<void>;
}

/** Workers that stay warm for the next invocation. */
export interface WorkerPool<Worker extends PooledWorker> {
  /** Waits for a free place and returns a warm worker or a new one. @throws when a worker cannot be started */
  take(): Promise<Worker>;
  /** Returns a worker. A dead one makes room for a new one. */
  giveBack(worker: Worker): void;
  /** Kills all workers and rejects the calls of `take` that wait. */
  close(): Promise<void>;
}

/** @param options.limit workers in use at the same time */
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

  /** The longest waiting call gets the place. */
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
