/**
 * What goes wrong with an invocation:
 * - `throttle`: it is rejected with TooManyRequestsException before it gets a worker;
 * - `kill`: its worker is killed as soon as it has written something;
 * - `lose-answer`: it runs to its end, then the connection to its caller is broken without an answer.
 */
export type FaultKind = 'throttle' | 'kill' | 'lose-answer';

/** The invocations that a fault affects. */
export interface FaultTarget {
  /** `start`, `launch` or `renderer`. */
  readonly routine: string;
  /** Number of the chunk from 0. (Default: any) */
  readonly chunk?: number;
  /** How many invocations it affects. */
  readonly times: number;
}

export class LambdaFaults {
  readonly #faults: { kind: FaultKind; target: FaultTarget; left: number }[] = [];

  /** Adds a fault. An invocation gets the first fault that matches. */
  add(kind: FaultKind, target: FaultTarget): void {
    this.#faults.push({ kind, target, left: target.times });
  }

  /** The fault of an invocation, which then counts as one of its times. */
  take(invocation: { routine: string; chunk: number | undefined }): FaultKind | undefined {
    const found = this.#faults.find(
      ({ target, left }) =>
        left > 0 &&
        target.routine === invocation.routine &&
        (target.chunk === undefined || target.chunk === invocation.chunk),
    );
    if (found !== undefined) found.left -= 1;
    return found?.kind;
  }
}
