import type { Chunk } from './chunk.ts';
import { type EncoderThread, startEncoderThread } from './encoder-thread.ts';
import { createFairQueue } from './fair-queue.ts';
import type { WorkerData } from './protocol.ts';

/** Threads that all renders share. */
export interface EncoderPool {
  /** The threads that live now; at most as many as the concurrency. */
  readonly threads: readonly EncoderThread[];
  /**
   * Encodes a chunk as soon as it is its turn. Renders get equal shares of the threads.
   *
   * @param render the render that the chunk belongs to
   * @throws AppError, or the signal's reason when aborted
   */
  encode(
    render: symbol,
    chunk: Chunk,
    signal: AbortSignal,
    onFrame: () => void,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Ends all threads. Whatever is still in work fails with RENDER_WORKER_DIED: abort it before. */
  close(): Promise<void>;
}

interface Job {
  readonly chunk: Chunk;
  readonly signal: AbortSignal;
  readonly onFrame: () => void;
  readonly resolve: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly reject: (error: unknown) => void;
  /** Takes the job out of the queue. Listens to the signal while the job waits, and no longer: it would hold the result. */
  readonly onAbort: () => void;
}

/**
 * Starts a pool. A thread that dies fails its chunk and is replaced.
 *
 * @param options.concurrency number of threads, at least 1
 * @param options.stallTimeoutMs milliseconds without a new frame after which a thread counts as stuck
 */
export function createEncoderPool(options: {
  concurrency: number;
  workerData: WorkerData;
  stallTimeoutMs: number;
}): EncoderPool {
  const { concurrency, workerData, stallTimeoutMs } = options;
  const queue = createFairQueue<Job>();
  const threads: EncoderThread[] = [];
  const idle: EncoderThread[] = [];
  let closed = false;

  const startThread = () => {
    const thread = startEncoderThread({
      workerData,
      stallTimeoutMs,
      onExit: () => {
        forget(threads, thread);
        forget(idle, thread);
        dispatch();
      },
    });
    threads.push(thread);
    idle.push(thread);
  };

  const dispatch = () => {
    if (closed) return;
    for (;;) {
      if (idle.length === 0 && threads.length === concurrency) return;
      const next = queue.take();
      if (!next) return;
      if (idle.length === 0) startThread();
      const thread = idle.shift() as EncoderThread;
      next.item.signal.removeEventListener('abort', next.item.onAbort);
      void work(thread, next.item).finally(() => {
        queue.done(next.group);
        if (threads.includes(thread)) idle.push(thread);
        dispatch();
      });
    }
  };

  const work = async (thread: EncoderThread, job: Job) => {
    try {
      job.resolve(await thread.encode(job.chunk, job.signal, job.onFrame));
    } catch (error) {
      job.reject(error);
    }
  };

  for (let count = 0; count < concurrency; count += 1) startThread();

  return {
    threads,
    encode(render, chunk, signal, onFrame) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const onAbort = () => {
          if (queue.remove(render, job)) reject(signal.reason);
        };
        const job: Job = { chunk, signal, onFrame, resolve, reject, onAbort };
        signal.addEventListener('abort', onAbort, { once: true });
        queue.push(render, job);
        dispatch();
      });
    },
    async close() {
      closed = true;
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

function forget(list: EncoderThread[], thread: EncoderThread): void {
  const index = list.indexOf(thread);
  if (index >= 0) list.splice(index, 1);
}
