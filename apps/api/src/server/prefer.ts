import { MAX_WAIT_SECONDS } from '@defrag/core';

const WAIT = /(?:^|,)\s*wait\s*=\s*(?:(\d{1,9})|"(\d{1,9})")\s*(?:[;,]|$)/i;

/**
 * Seconds that a caller waits for the result, from its `Prefer` header (RFC 7240), at most {@link MAX_WAIT_SECONDS}. The first of
 * two `wait` preferences counts. Undefined if there is none, or none in whole seconds.
 */
export function preferredWaitSeconds(header: string | undefined): number | undefined {
  const [, plain, quoted] = WAIT.exec(header ?? '') ?? [];
  const seconds = plain ?? quoted;
  return seconds === undefined ? undefined : Math.min(Number(seconds), MAX_WAIT_SECONDS);
}
