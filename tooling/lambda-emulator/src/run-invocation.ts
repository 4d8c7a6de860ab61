import type { FaultKind } from './faults.ts';
import { ACCOUNT_ID, type InvocationError, type InvocationMode, type InvocationSink } from './invoke-api.ts';
import type { Worker } from './runtime/worker.ts';
import type { WorkerPool } from './runtime/worker-pool.ts';

/**
 * How an invocation ended:
 * - `succeeded`: the handler returned;
 * - `failed`: the handler threw;
 * - `crashed`: its worker died;
 * - `timed-out`: it took longer than the function may, and its worker was killed;
 * - `throttled`: it was rejected.
 */
type InvocationOutcome = 'succeeded' | 'failed' | 'crashed' | 'timed-out' | 'throttled';

/** A request to run the function. */
export interface Invocation {
  readonly requestId: string;
  readonly mode: InvocationMode;
  /** Routine of Remotion's function: `start`, `launch`, `renderer` (one chunk), `status` ... */
  readonly routine: string;
  /** Number of the chunk from 0; undefined for other routines. */
  readonly chunk: number | undefined;
  /** Undefined while it waits or runs. */
  outcome: InvocationOutcome | undefined;
  /** Milliseconds in a worker; undefined until it has ended. */
  durationMs: number | undefined;
}

/** Runs an invocation in a worker and records how it ended. Never rejects. */
export async function runInvocation(
  invocation: Invocation,
  run: {
    readonly pool: WorkerPool<Worker>;
    readonly sink: InvocationSink;
    readonly fault: FaultKind | undefined;
    readonly timeoutMs: number;
    readonly payload: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { pool, sink, timeoutMs } = run;
  let worker: Worker;
  // Remotion's client aborts an invocation when it receives nothing for 30 s, and waiting for a worker may take longer.
  sink.write(new Uint8Array());
  try {
    worker = await pool.take();
  } catch (error) {
    invocation.outcome = 'crashed';
    sink.end({ type: 'Runtime.ExitError', message: String(error) });
    return;
  }
  const startedAt = performance.now();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void worker.kill();
  }, timeoutMs);
  const message = {
    payload: run.payload,
    requestId: invocation.requestId,
    invokedFunctionArn: `arn:aws:lambda:region:${ACCOUNT_ID}:function:remotion`,
    timeoutMs,
  };
  const end = await worker.run(message, (bytes) => {
    sink.write(bytes);
    if (run.fault === 'kill') void worker.kill();
  });
  clearTimeout(timer);
  invocation.durationMs = performance.now() - startedAt;
  let error: InvocationError | undefined;
  if (timedOut) {
    invocation.outcome = 'timed-out';
    error = {
      type: 'Sandbox.Timedout',
      message: `Task timed out after ${(timeoutMs / 1_000).toFixed(2)} seconds`,
    };
  } else if (end.kind === 'ended') {
    invocation.outcome = 'succeeded';
  } else if (end.kind === 'threw') {
    invocation.outcome = 'failed';
    error = { type: 'Unhandled', message: JSON.stringify(end.error) };
  } else {
    invocation.outcome = 'crashed';
    error = { type: 'Runtime.ExitError', message: 'Runtime exited: signal: killed' };
  }
  pool.giveBack(worker);
  sink.end(error);
}
