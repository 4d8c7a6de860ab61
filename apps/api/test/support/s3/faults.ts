import type { ServerResponse } from 'node:http';
import type { S3Answer } from './operation.ts';
import { S3Error, type S3ErrorCode } from './s3-error.ts';

/** Which requests a fault meets. */
export interface FaultTarget {
  /** Names of operations, such as `PutObject`. (Default: all) */
  readonly operations?: readonly string[];
  /** How many requests it meets before it is over. (Default: all until `mend`) */
  readonly times?: number;
  /** Requests that it lets pass first. (Default: 0) */
  readonly after?: number;
}

/**
 * What goes wrong:
 * - an error of S3, such as `SlowDown`, `InternalError`, `AccessDenied`;
 * - `hang`: the request is never answered;
 * - `break`: the connection is torn down, without an answer;
 * - `break-answer`: what was asked for is done, but the connection is torn down in the middle of the answer;
 * - `lose-answer`: what was asked for is done, but the connection is torn down before the answer;
 * - `forget`: a write is answered as if it had been done.
 */
export type Fault = S3ErrorCode | 'hang' | 'break' | 'break-answer' | 'lose-answer' | 'forget';

/** The faults of a server, in the order in which they were made. */
export class Faults {
  #faults: { fault: Fault; operations: readonly string[] | undefined; left: number; skip: number }[] = [];
  readonly #hanging = new Set<ServerResponse>();

  /** Makes a fault. The first one that fits a request is the one that it meets. */
  add(fault: Fault, target: FaultTarget = {}): void {
    const { operations, times = Number.POSITIVE_INFINITY, after = 0 } = target;
    this.#faults.push({ fault, operations, left: times, skip: after });
  }

  /** Ends all faults, and tears down what hangs. */
  mend(): void {
    this.#faults = [];
    for (const response of this.#hanging) response.destroy();
    this.#hanging.clear();
  }

  /** The fault that a request meets, which then counts as one of its times. */
  take(operation: string): Fault | undefined {
    const found = this.#faults.find(
      (each) => each.left > 0 && (each.operations === undefined || each.operations.includes(operation)),
    );
    if (found === undefined) return undefined;
    if (found.skip > 0) {
      found.skip -= 1;
      return undefined;
    }
    found.left -= 1;
    return found.fault;
  }

  /**
   * Lets a fault happen that comes before the operation.
   *
   * @returns the answer that stands in for the operation's; `silence` when there is to be none; undefined to go on
   * @throws S3Error
   */
  before(fault: Fault | undefined, response: ServerResponse): S3Answer | 'silence' | undefined {
    switch (fault) {
      case undefined:
      case 'break-answer':
      case 'lose-answer':
        return undefined;
      case 'hang':
        this.#hanging.add(response);
        return 'silence';
      case 'break':
        response.destroy();
        return 'silence';
      case 'forget':
        return { status: 200, headers: { etag: '"00000000000000000000000000000000"' } };
      default:
        throw new S3Error(fault, 'This server was told to fail.');
    }
  }
}
