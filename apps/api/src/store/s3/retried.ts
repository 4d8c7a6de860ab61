import { setTimeout as delay } from 'node:timers/promises';
import { isTransient } from './s3-errors.ts';

/** How often it is tried. */
const MAX_ATTEMPTS = 3;

/** Longest pause before the second try, in milliseconds; before each further one it is twice as long. */
const BASE_PAUSE_MS = 200;

/**
 * Tries what may fail for a moment, with pauses of random length between the tries, so that many that failed together do not come
 * back together.
 *
 * @param signal ends the pauses: rejects with its reason
 * @throws the error of the last try, or the first that another try would not change
 */
export async function retried<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isTransient(error)) throw error;
      signal?.throwIfAborted();
      await delay(Math.random() * BASE_PAUSE_MS * 2 ** (attempt - 1), undefined, { signal });
    }
  }
}
