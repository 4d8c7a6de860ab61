import { addVideoRequests, type Database, type RequestCounts } from '@defrag/db';
import type { Logger } from 'pino';

/** Milliseconds between two writes. A killed process loses as much. */
const FLUSH_INTERVAL_MS = 2_000;

/** Counts how requests for videos were answered, for the hit rate. */
export type RequestCounter = ReturnType<typeof createRequestCounter>;

/** A thousand cache hits between two writes make one small write. */
export function createRequestCounter(database: Database, logger: Logger) {
  let counts: RequestCounts = { hits: 0, misses: 0, forced: 0 };
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();
  let closed = false;

  const write = async () => {
    clearTimeout(timer);
    timer = undefined;
    const gathered = counts;
    if (gathered.hits + gathered.misses + gathered.forced === 0) return;
    counts = { hits: 0, misses: 0, forced: 0 };
    try {
      await addVideoRequests(database.orm, gathered);
    } catch (error) {
      logger.warn({ err: error }, 'request counts not written');
      counts.hits += gathered.hits;
      counts.misses += gathered.misses;
      counts.forced += gathered.forced;
      schedule();
    }
  };
  const schedule = () => {
    if (!closed) timer ??= setTimeout(() => void flush(), FLUSH_INTERVAL_MS).unref();
  };
  /** Writes the counts so far. Never rejects: a failure is logged and the write is repeated later. */
  const flush = () => {
    flushing = flushing.then(write);
    return flushing;
  };

  return {
    /** Counts one. It is written within a few seconds, so that no answer waits for it. */
    count(outcome: keyof RequestCounts): void {
      if (closed) return;
      counts[outcome] += 1;
      schedule();
    },
    flush,
    async close(): Promise<void> {
      closed = true;
      await flush();
    },
  };
}
