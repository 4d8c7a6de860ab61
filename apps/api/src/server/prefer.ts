import { MAX_WAIT_SECONDS } from '@defrag/core';

/** One preference of RFC 7240, up to its parameters: a token, and after `=` a token or a quoted string. */
const PREFERENCE =
  /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:=\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"((?:[^"\\]|\\.)*)"))?\s*(?:;|$)/;

/**
 * Seconds that a caller is willing to wait for the result, from its `Prefer` header (RFC 7240), at most
 * {@link MAX_WAIT_SECONDS}. Of two `wait` preferences the first counts; one that is not a whole number is ignored, as the
 * RFC asks of every preference that is not understood.
 *
 * @param header the header's value; several headers joined by commas
 */
export function preferredWaitSeconds(header: string | undefined): number | undefined {
  for (const preference of splitOutsideQuotes(header ?? '')) {
    const match = PREFERENCE.exec(preference);
    if (match?.[1]?.toLowerCase() !== 'wait') continue;
    const value = match[2] ?? match[3] ?? '';
    return /^\d{1,9}$/.test(value) ? Math.min(Number(value), MAX_WAIT_SECONDS) : undefined;
  }
  return undefined;
}

function splitOutsideQuotes(list: string): string[] {
  return list.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g) ?? [];
}
