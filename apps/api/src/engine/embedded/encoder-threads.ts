import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { AppError } from '../../errors.ts';
import { fromPortable } from '../render-failure.ts';
import type { Chunk } from './chunk.ts';
import type { EncodeResult, ThreadMessage, ThreadTask } from './encoder-thread.ts';
import { createFairSlots } from './fair-slots.ts';
import type { FfmpegPaths } from './ffmpeg-paths.ts';

/** Milliseconds that a thread gets to notice that its FFmpeg is killed. It looks once per frame. */
const GRACE_MS = 2_000;

/** Threads that all renders share, each of which draws and encodes one chunk at a time. */
export type EncoderThreads = ReturnType<typeof startEncoderThreads>;

/**
 * Starts the threads. One that dies fails its chunk and is replaced.
 *
 * @param options.concurrency number of threads, at least 1
 * @param options.stallTimeoutMs milliseconds without a new frame after which a chunk is given up
 */
export function startEncoderThreads(options: {
  concurrency: number;
  ffmpeg: FfmpegPaths;
  stallTimeoutMs: number;
}) {
  const { concurrency, ffmpeg, stallTimeoutMs } = options;
  const pool = new Piscina<ThreadTask, EncodeResult>({
    filename: fileURLToPath(new URL('./encoder-thread.ts', import.meta.url)),
    name: 'encode',
    minThreads: concurrency,
    maxThreads: concurrency,
    workerData: ffmpeg,
    // This process's flags and environment must not change what is drawn.
    execArgv: [],
    env: {},
    // An idle thread must still collect the processes that it started.
    atomics: 'disabled',
    recordTiming: false,
  });
  const slots = createFairSlots(concurrency);
  const listeners = new Map<number, (message: ThreadMessage) => void>();
  const encoderPids = new Map<number, number>();
  let tasks = 0;
  pool.on('message', (message: ThreadMessage) => listeners.get(message.id)?.(message));
  // A thread that dies idle is replaced; without a listener the error would end the process.
  pool.on('error', () => {});

  const encodeNow = async (chunk: Chunk, signal: AbortSignal, onFrames: (frames: number) => void) => {
    signal.throwIfAborted();
    tasks += 1;
    const id = tasks;
    const thread = new AbortController();
    let givenUp: { readonly reason: unknown } | undefined;

    // Killing FFmpeg is how a chunk is cancelled: its thread notices, collects the process and is free again.
    const giveUp = (reason: unknown) => {
      givenUp ??= { reason };
      killIfRunning(encoderPids.get(id));
      clearTimeout(timer);
      timer = setTimeout(() => thread.abort(), GRACE_MS);
    };
    const onStall = () => giveUp(new AppError('RENDER_TIMED_OUT', 'The encoder stopped taking frames.'));
    const onAbort = () => giveUp(signal.reason);
    let timer = setTimeout(onStall, stallTimeoutMs);
    listeners.set(id, ({ pid, frames }) => {
      if (pid !== undefined) encoderPids.set(id, pid);
      if (givenUp) killIfRunning(pid);
      else timer.refresh();
      if (frames !== undefined) onFrames(frames);
    });
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const result = await pool.run({ id, chunk }, { signal: thread.signal });
      if (!(result instanceof Uint8Array)) throw fromPortable(result);
      // The last messages may arrive after the result.
      onFrames(chunk.frames);
      return result;
    } catch (error) {
      if (givenUp) throw givenUp.reason;
      if (error instanceof AppError) throw error;
      // The end of a thread does not end its FFmpeg.
      killIfRunning(encoderPids.get(id));
      throw new AppError('RENDER_WORKER_DIED', 'A render thread died.', { cause: error });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      listeners.delete(id);
      encoderPids.delete(id);
    }
  };

  return {
    get threads() {
      return pool.threads;
    },
    /** Process ids of the FFmpegs that encode now. */
    get encoderPids(): readonly number[] {
      return [...encoderPids.values()];
    },
    /**
     * Draws and encodes a chunk once it is its turn. Renders get equal shares of the threads.
     *
     * @param render the render that the chunk belongs to
     * @param onFrames called with the number of the chunk's frames that are encoded
     * @returns an H.264 byte stream
     * @throws AppError RENDER_WORKER_DIED, RENDER_TIMED_OUT or what FFmpeg ended with; the signal's reason when aborted
     */
    async encode(
      render: symbol,
      chunk: Chunk,
      signal: AbortSignal,
      onFrames: (frames: number) => void,
    ): Promise<Uint8Array> {
      const release = await slots.take(render, signal);
      return encodeNow(chunk, signal, onFrames).finally(release);
    },
    /** Ends all threads. Abort their chunks before. */
    close: () => pool.destroy(),
  };
}

function killIfRunning(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
