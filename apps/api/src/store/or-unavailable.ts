import { AppError } from '../errors.ts';

/** Runs what uses the store; ends with an AppError, or with the signal's reason when it was aborted. */
export type OrUnavailable = <Result>(use: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>;

/**
 * How a store lets whatever goes wrong below it end as one error of ours.
 *
 * @param toStoreError makes STORE_UNAVAILABLE of a failure that is no error of ours yet
 */
export function orUnavailableBy(toStoreError: (cause: unknown) => AppError): OrUnavailable {
  return async (use, signal) => {
    try {
      return await use();
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      signal?.throwIfAborted();
      throw toStoreError(cause);
    }
  };
}
