import { addVideoRequests, type Database, type RequestCounts } from '@defrag/db';
import type { Logger } from 'pino';

/** Counts how requests for videos were answered, for the hit rate. */
export interface RequestCounter {
  /** Counts one. It is written within a few seconds, so that no answer waits for it. */
  count(outcome: keyof RequestCounts): void;
  /** Writes the counts so far. Never rejects: a failure is logged and the write is repeated later. */
  flush(): Promise<void>;
  /** Writes the rest and counts no more. */
  close(): Promise<void>;
}

/** Milliseconds between two writes. A killed process loses as much. */
const FLUSH_INTERVAL_MS = 2_000;

/** See {@link RequestCounter}. A thousand cache hits within the interval make one small write. */
export function createRequestCounter(database: Database, logger: Logger): RequestCounter {
  let counts = none();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();
  let closed = false;

  const write = async () => {
    clearTimeout(timer);
    timer = undefined;
    const gathered = counts;
    counts = none();
    if (gathered.hits + gathered.misses + gathered.forced === 0) return;
    try {
      await addVideoRequests(database.orm, gathered);
    } catch (error) {
      logger.warn({ err: error }, 'request counts not written');
      counts = sum(counts, gathered);
      schedule();
    }
  };
  const flush = () => {
    flushing = flushing.then(write);
    return flushing;
  };
  const schedule = () => {
    if (!closed) timer ??= setTimeout(() => void flush(), FLUSH_INTERVAL_MS).unref();
  };

  return {
    count(outcome) {
      if (closed) return;
      counts[outcome] += 1;
      schedule();
    },
    flush,
    async close() {
      closed = true;
      await flush();
    },
  };
}

function none(): RequestCounts {
  return { hits: 0, misses: 0, forced: 0 };
}

function sum(left: RequestCounts, right: RequestCounts): RequestCounts {
  return {
    hits: left.hits + right.hits,
    misses: left.misses + right.misses,
    forced: left.forced + right.forced,
  };
}
