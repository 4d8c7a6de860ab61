import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two looks at the database for a change that another process may make. */
const POLL_INTERVAL_MS = 200;

/**
 * Waits one poll interval.
 *
 * @returns false when the signal ended the wait
 */
export async function nextPoll(signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  return await delay(POLL_INTERVAL_MS, true, { signal }).catch(() => false);
}
