import { Worker } from 'node:worker_threads';
import { AppError } from '../../errors.ts';
import type { Chunk } from './chunk.ts';
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts';

/** A worker thread that draws and encodes one chunk at a time. */
export interface EncoderThread {
  readonly worker: Worker;
  /** Process id of the FFmpeg that works for this thread now. */
  readonly encoderPid: number | undefined;
  /**
   * Draws and encodes a chunk. `onFrame` is called once per frame.
   *
   * @returns an H.264 byte stream
   * @throws AppError RENDER_WORKER_DIED, RENDER_TIMED_OUT, or what the encoder ended with; the signal's reason when aborted
   */
  encode(chunk: Chunk, signal: AbortSignal, onFrame: () => void): Promise<Uint8Array<ArrayBuffer>>;
  /** Ends the thread and its FFmpeg. */
  terminate(): Promise<void>;
}

/** Milliseconds that a thread gets to give a chunk up by itself before it is ended. It looks up once per frame. */
const GRACE_MS = 2_000;

interface Task {
  readonly signal: AbortSignal;
  readonly onFrame: () => void;
  readonly resolve: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly reject: (error: unknown) => void;
  /** Why the engine itself gave the chunk up, if it did. */
  givenUp: AppError | undefined;
  timer: NodeJS.Timeout;
}

/**
 * Starts a thread; it loads CanvasKit while it waits for its first chunk.
 *
 * @param options.stallTimeoutMs milliseconds without a new frame after which a thread counts as stuck and is ended
 * @param options.onExit called once when the thread is gone, whatever ended it
 */
export function startEncoderThread(options: {
  workerData: WorkerData;
  stallTimeoutMs: number;
  onExit: () => void;
}): EncoderThread {
  const { workerData, stallTimeoutMs, onExit } = options;
  // Nothing of this process's flags and environment: they must not change what is drawn.
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData, execArgv: [], env: {} });
  let task: Task | undefined;
  let encoderPid: number | undefined;
  let lastError: unknown;

  const send = (message: ToWorker) => worker.postMessage(message);

  const terminateUnlessFinishedSoon = (unfinished: Task) => {
    clearTimeout(unfinished.timer);
    unfinished.timer = setTimeout(() => void worker.terminate(), GRACE_MS);
  };

  const killEncoder = () => {
    if (encoderPid !== undefined) killIfRunning(encoderPid);
  };

  const onAbort = () => {
    if (!task) return;
    send({ type: 'cancel' });
    terminateUnlessFinishedSoon(task);
  };

  const onStall = () => {
    if (!task) return;
    task.givenUp = new AppError('RENDER_TIMED_OUT', 'The encoder stopped taking frames');
    // Mostly it is FFmpeg that is stuck; then the thread notices its end and lives on.
    killEncoder();
    terminateUnlessFinishedSoon(task);
  };

  const finish = (settle: (task: Task) => void) => {
    if (!task) return;
    const finished = task;
    task = undefined;
    encoderPid = undefined;
    clearTimeout(finished.timer);
    finished.signal.removeEventListener('abort', onAbort);
    settle(finished);
  };

  worker.on('message', (message: FromWorker) => {
    switch (message.type) {
      case 'encoder':
        encoderPid = message.pid;
        break;
      case 'frame':
        if (!task?.signal.aborted && !task?.givenUp) task?.timer.refresh();
        task?.onFrame();
        break;
      case 'encoded':
        finish(({ resolve }) => resolve(message.bytes));
        break;
      case 'cancelled':
        finish(({ reject, signal }) => reject(signal.reason));
        break;
      case 'failed': {
        const { code, message: text, cause } = message.failure;
        finish(({ reject, givenUp }) => reject(givenUp ?? new AppError(code, text, { cause })));
      }
    }
  });
  worker.on('error', (error) => {
    lastError = error;
  });
  worker.on('exit', () => {
    // The end of a thread does not end its FFmpeg. Nobody has collected it, so the id cannot be that of another process.
    killEncoder();
    finish(({ reject, signal, givenUp }) => {
      const died = () => new AppError('RENDER_WORKER_DIED', 'A render worker died', { cause: lastError });
      reject(signal.aborted ? signal.reason : (givenUp ?? died()));
    });
    onExit();
  });

  return {
    worker,
    get encoderPid() {
      return encoderPid;
    },
    encode(chunk, signal, onFrame) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        if (task) throw new Error('The thread is already at work');
        const timer = setTimeout(onStall, stallTimeoutMs);
        task = { signal, onFrame, resolve, reject, givenUp: undefined, timer };
        signal.addEventListener('abort', onAbort, { once: true });
        send({ type: 'encode', chunk });
      });
    },
    async terminate() {
      await worker.terminate();
    },
  };
}

function killIfRunning(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
