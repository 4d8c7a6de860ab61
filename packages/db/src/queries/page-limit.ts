/** Most rows of a page. */
export const MAX_PAGE_LIMIT = 100;

/** @throws RangeError unless the limit is an integer 1..{@link MAX_PAGE_LIMIT} */
export function checkPageLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE_LIMIT) return;
  throw new RangeError(`limit must be an integer from 1 to ${MAX_PAGE_LIMIT}`);
}
