import type { ServerResponse } from 'node:http';
import type { S3ErrorCode } from './s3-error.ts';

/** Which requests a fault hits. */
export interface FaultTarget {
  /** Names of operations, such as `PutObject`. (Default: all) */
  readonly operations?: readonly string[];
  /** How many requests. (Default: all until `mend`) */
  readonly times?: number;
}

/**
 * - an error of S3, such as `SlowDown`, `InternalError`, `AccessDenied`;
 * - `hang`: the request gets no response;
 * - `break`: the connection closes before the body of the request is read;
 * - `break-upload`: the connection closes in the middle of the body of the request;
 * - `damage`: a byte of the body arrives changed;
 * - `break-answer`: the operation runs, but the connection closes in the middle of the response;
 * - `lose-answer`: the operation runs, but the connection closes before the response;
 * - `forget`: the response says that the operation succeeded, but it did not run.
 */
export type Fault =
  | S3ErrorCode
  | 'hang'
  | 'break'
  | 'break-upload'
  | 'damage'
  | 'break-answer'
  | 'lose-answer'
  | 'forget';

/** The faults of a server. */
export class Faults {
  #faults: { fault: Fault; operations: readonly string[] | undefined; left: number }[] = [];
  readonly #hanging = new Set<ServerResponse>();

  /** Adds a fault. A request is hit by the first one that fits. */
  add(fault: Fault, { operations, times = Number.POSITIVE_INFINITY }: FaultTarget = {}): void {
    this.#faults.push({ fault, operations, left: times });
  }

  /** Removes all faults and closes the connections that hang. */
  mend(): void {
    this.#faults = [];
    for (const response of this.#hanging) response.destroy();
    this.#hanging.clear();
  }

  /** The fault that hits a request of this operation; counts as one of its times. */
  take(operation: string): Fault | undefined {
    const found = this.#faults.find(
      ({ left, operations }) => left > 0 && (operations === undefined || operations.includes(operation)),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.fault;
  }

  /** Keeps a request without a response until `mend`. */
  hang(response: ServerResponse): void {
    this.#hanging.add(response);
  }
}
