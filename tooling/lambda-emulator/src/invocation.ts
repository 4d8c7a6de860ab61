/** How a function is invoked: the caller waits for the whole answer, does not wait, or reads the answer as it comes. */
export type InvocationMode = 'RequestResponse' | 'Event' | 'ResponseStream';

/**
 * How an invocation ended:
 * - `succeeded`: the handler came to its end;
 * - `failed`: the handler threw;
 * - `crashed`: its worker died;
 * - `timed-out`: it took longer than the function may, and its worker was killed;
 * - `throttled`: it was never let in.
 */
export type InvocationOutcome = 'succeeded' | 'failed' | 'crashed' | 'timed-out' | 'throttled';

/** One invocation that the emulator was asked for. */
export interface Invocation {
  readonly requestId: string;
  readonly mode: InvocationMode;
  /** What of Remotion's function is asked for: `start`, `launch`, `renderer` (one chunk), `status` ... */
  readonly routine: string;
  /** Number of the chunk from 0; undefined where there is none. */
  readonly chunk: number | undefined;
  /** Remotion's id of the render, where the payload has it. */
  readonly renderId: string | undefined;
  /** Undefined as long as it waits or runs. */
  outcome: InvocationOutcome | undefined;
  /** Milliseconds that it ran; undefined as long as it has not ended. */
  durationMs: number | undefined;
}

/** Where the output of an invocation goes. */
export interface InvocationSink {
  /** A piece of what the handler writes. */
  write(bytes: Uint8Array): void;
  /** The invocation has ended; called once. @param error undefined when it succeeded */
  end(error: InvocationError | undefined): void;
}

/** What the caller is told of an invocation that did not succeed. */
export interface InvocationError {
  /** Such as `Unhandled`, `Sandbox.Timedout`. */
  readonly type: string;
  readonly message: string;
}
