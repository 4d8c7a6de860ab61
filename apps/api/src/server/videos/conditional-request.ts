/** The conditional headers of a request (RFC 9110, section 13). */
export interface ConditionalHeaders {
  readonly 'if-match'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
  readonly 'if-modified-since'?: string | undefined;
  readonly 'if-unmodified-since'?: string | undefined;
}

export interface FileVersion {
  /** Strong entity tag with its quotes. */
  readonly etag: string;
  /** In whole seconds, as in the header. */
  readonly lastModified: Date;
}

/** Whether to send the file or respond with 304 or 412. Checks the conditions in the order of section 13.2.2. */
export function evaluatePreconditions(headers: ConditionalHeaders, file: FileVersion): 'send' | 304 | 412 {
  const modifiedMs = file.lastModified.getTime();
  if (headers['if-match'] !== undefined) {
    if (!includesTag(headers['if-match'], file.etag, 'strong')) return 412;
  } else if (modifiedMs > parseDate(headers['if-unmodified-since'])) {
    return 412;
  }
  if (headers['if-none-match'] !== undefined) {
    return includesTag(headers['if-none-match'], file.etag, 'weak') ? 304 : 'send';
  }
  return modifiedMs <= parseDate(headers['if-modified-since']) ? 304 : 'send';
}

/** Whether `If-Range` allows to send a range: the caller's copy must be this version. A date must match exactly. */
export function rangeApplies(ifRange: string | undefined, file: FileVersion): boolean {
  if (ifRange === undefined) return true;
  const validator = ifRange.trim();
  return validator === file.etag || parseDate(validator) === file.lastModified.getTime();
}

/** Part of a file: first and last byte, both inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The part of a file that a `Range` header requests (RFC 9110, section 14).
 *
 * @param size of the file in bytes
 * @returns the range, cut off at the end of the file; `whole` to ignore the header (another unit, malformed, or several ranges,
 * which a server need not support); `unsatisfiable` if all of it lies outside the file
 */
export function parseByteRange(
  header: string | undefined,
  size: number,
): ByteRange | 'whole' | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Number(last);
    return length === 0 || size === 0
      ? 'unsatisfiable'
      : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? Number.POSITIVE_INFINITY : Number(last);
  if (end < start) return 'whole';
  return start >= size ? 'unsatisfiable' : { start, end: Math.min(end, size - 1) };
}

function includesTag(list: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (list.trim() === '*') return true;
  const tags = list.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => (comparison === 'weak' ? tag.replace(/^W\//, '') : tag) === etag);
}

/** Milliseconds since 1970; NaN, which makes every comparison false, if it is not a date. */
function parseDate(text: string | undefined): number {
  return text === undefined || !/^[A-Za-z]{3,9},? /.test(text) ? Number.NaN : Date.parse(text);
}
