/**
 * What goes wrong with an invocation:
 * - `throttle`: it is refused with TooManyRequestsException, before a worker is taken;
 * - `kill`: its worker is killed as soon as it has written something;
 * - `hang`: after the first that it has written nothing more comes of it, until the function's time is over and its worker is killed;
 * - `lose-answer`: it runs to its end, and the connection to its caller is torn down without an answer.
 */
export type FaultKind = 'throttle' | 'kill' | 'hang' | 'lose-answer';

/** Which invocations a fault meets. */
export interface FaultTarget {
  /** Such as `start`, `launch`, `renderer`. */
  readonly routine: string;
  /** Number of the chunk from 0. (Default: any) */
  readonly chunk?: number;
  /** How many invocations it meets before it is over. (Default: all until `mend`) */
  readonly times?: number;
}

/** The faults of an emulator, in the order in which they were made. */
export class LambdaFaults {
  #faults: { kind: FaultKind; target: FaultTarget; left: number }[] = [];

  /** Makes a fault. The first one that fits an invocation is the one that it meets. */
  add(kind: FaultKind, target: FaultTarget): void {
    this.#faults.push({ kind, target, left: target.times ?? Number.POSITIVE_INFINITY });
  }

  /** Ends all faults for invocations to come; what hangs goes on hanging. */
  mend(): void {
    this.#faults = [];
  }

  /** The fault that an invocation meets, which then counts as one of its times. */
  take(invocation: { routine: string; chunk: number | undefined }): FaultKind | undefined {
    const found = this.#faults.find(
      ({ target, left }) =>
        left > 0 &&
        target.routine === invocation.routine &&
        (target.chunk === undefined || target.chunk === invocation.chunk),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.kind;
  }
}
