/** The headers of a request that make it conditional, RFC 9110, section 13. */
export interface ConditionalHeaders {
  readonly 'if-match'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
  readonly 'if-modified-since'?: string | undefined;
  readonly 'if-unmodified-since'?: string | undefined;
  readonly 'if-range'?: string | undefined;
}

/** What identifies the version of a file. */
export interface FileVersion {
  /** Strong entity tag with its quotes. */
  readonly etag: string;
  /** In whole seconds, as the header carries it. */
  readonly lastModified: Date;
}

/** How to go on: send the file, or answer 304 or 412 without it. The order of the conditions is that of section 13.2.2. */
export function evaluatePreconditions(headers: ConditionalHeaders, file: FileVersion): 'send' | 304 | 412 {
  const modifiedMs = file.lastModified.getTime();
  if (headers['if-match'] !== undefined) {
    if (!listHolds(headers['if-match'], file.etag, 'strong')) return 412;
  } else if (modifiedMs > parseDate(headers['if-unmodified-since'])) {
    return 412;
  }
  if (headers['if-none-match'] !== undefined) {
    return listHolds(headers['if-none-match'], file.etag, 'weak') ? 304 : 'send';
  }
  return modifiedMs <= parseDate(headers['if-modified-since']) ? 304 : 'send';
}

/** Whether a range may be sent: the copy that the caller has the rest of must be this version. A date must match exactly. */
export function rangeApplies(ifRange: string | undefined, file: FileVersion): boolean {
  if (ifRange === undefined) return true;
  const validator = ifRange.trim();
  return validator === file.etag || parseDate(validator) === file.lastModified.getTime();
}

function listHolds(list: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (list.trim() === '*') return true;
  const tags = list.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => (comparison === 'weak' ? tag.replace(/^W\//, '') : tag) === etag);
}

/** Milliseconds since 1970; NaN, which no comparison holds for, where there is no date. */
function parseDate(text: string | undefined): number {
  return text === undefined || !/^[A-Za-z]{3,9},? /.test(text) ? Number.NaN : Date.parse(text);
}
