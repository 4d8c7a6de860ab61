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

/** Milliseconds that a thread gets to stop a chunk by itself before it is ended. It looks up once per frame. */
const CANCEL_GRACE_MS = 2_000;

interface Task {
  readonly signal: AbortSignal;
  readonly onFrame: () => void;
  readonly resolve: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly reject: (error: unknown) => void;
  /** What to say if the thread ends before the chunk does. */
  reasonOfEnd: AppError | undefined;
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

  const onAbort = () => {
    if (!task) return;
    send({ type: 'cancel' });
    clearTimeout(task.timer);
    task.timer = setTimeout(() => void worker.terminate(), CANCEL_GRACE_MS);
  };

  const onStall = () => {
    if (!task) return;
    task.reasonOfEnd = new AppError('RENDER_TIMED_OUT', 'The encoder stopped taking frames');
    void worker.terminate();
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
        if (!task?.signal.aborted) task?.timer.refresh();
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
        finish(({ reject }) => reject(new AppError(code, text, { cause })));
      }
    }
  });
  worker.on('error', (error) => {
    lastError = error;
  });
  worker.on('exit', () => {
    // Its FFmpeg is not ended by the thread's end. The thread can no longer collect it, so the id is still its own.
    if (encoderPid !== undefined) killIfRunning(encoderPid);
    finish(({ reject, signal, reasonOfEnd }) => {
      const died = () => new AppError('RENDER_WORKER_DIED', 'A render worker died', { cause: lastError });
      reject(signal.aborted ? signal.reason : (reasonOfEnd ?? died()));
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
        task = { signal, onFrame, resolve, reject, reasonOfEnd: undefined, timer };
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
