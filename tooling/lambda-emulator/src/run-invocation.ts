import type { FaultKind } from './faults.ts';
import { ACCOUNT_ID } from './http/caller-identity.ts';
import type { Invocation, InvocationError, InvocationOutcome, InvocationSink } from './invocation.ts';
import type { Worker } from './runtime/worker.ts';
import type { WorkerPool } from './runtime/worker-pool.ts';

/** What the name of a function says of it. */
export interface FunctionSettings {
  readonly memoryMb: number;
  /** Milliseconds after which a run is killed. */
  readonly timeoutMs: number;
}

/** Reads memory and timeout from the name of a function. @throws Error when it is not named as Remotion names them */
export function parseFunctionName(functionName: string): FunctionSettings {
  const parts = /-mem(\d+)mb-disk\d+mb-(\d+)sec$/.exec(functionName);
  if (parts === null) throw new Error(`${functionName} is not the name of a function of Remotion's.`);
  return { memoryMb: Number(parts[1]), timeoutMs: Number(parts[2]) * 1_000 };
}

/** Runs one invocation in a worker, to whatever end, and writes down how it ended. It never rejects. */
export async function runInvocation(
  invocation: Invocation,
  run: {
    readonly pool: WorkerPool<Worker>;
    readonly sink: InvocationSink;
    readonly fault: FaultKind | undefined;
    readonly settings: FunctionSettings;
    readonly payload: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { pool, sink, settings } = run;
  let worker: Worker;
  // Remotion's client takes an invocation for lost when nothing at all comes within 30 seconds. One that waits here, or whose worker
  // starts slowly on a busy machine, is not.
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
  }, settings.timeoutMs);
  const { outcome, error } = await runOnce(worker, invocation, run);
  clearTimeout(timer);
  invocation.outcome = timedOut ? 'timed-out' : outcome;
  invocation.durationMs = performance.now() - startedAt;
  pool.giveBack(worker);
  sink.end(timedOut ? timeoutError(settings) : error);
}

async function runOnce(
  worker: Worker,
  { requestId }: Invocation,
  { sink, fault, settings, payload }: Parameters<typeof runInvocation>[1],
): Promise<{ outcome: InvocationOutcome; error?: InvocationError }> {
  const message = {
    payload,
    requestId,
    invokedFunctionArn: `arn:aws:lambda:region:${ACCOUNT_ID}:function:remotion`,
    timeoutMs: settings.timeoutMs,
  };
  let hangs = false;
  const end = await worker.run(message, (bytes) => {
    if (!hangs) sink.write(bytes);
    hangs = fault === 'hang';
    if (fault === 'kill') void worker.kill();
  });
  if (hangs) await worker.died();
  if (end.kind === 'ended' && !hangs) return { outcome: 'succeeded' };
  if (end.kind === 'threw') {
    return { outcome: 'failed', error: { type: 'Unhandled', message: JSON.stringify(end.error) } };
  }
  return {
    outcome: 'crashed',
    error: { type: 'Runtime.ExitError', message: 'Runtime exited: signal: killed' },
  };
}

function timeoutError({ timeoutMs }: FunctionSettings): InvocationError {
  return {
    type: 'Sandbox.Timedout',
    message: `Task timed out after ${(timeoutMs / 1_000).toFixed(2)} seconds`,
  };
}
