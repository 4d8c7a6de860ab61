import * as v from 'valibot';

/** A search parameter that counts as absent where the URL has none, or a wrong one. */
export function parameter<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}

/** A whole number within limits, both included. */
function wholeNumber(least: number, most: number) {
  return parameter(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)));
}

/** A score 0..100. */
export const score = wholeNumber(0, 100);

/** Length of a video in milliseconds. */
export const durationMs = wholeNumber(1_000, 10_000);

/** Position of a slider, 0..1. */
export const position = parameter(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));

/** A day such as 2025-01-31. */
export const day = parameter(v.pipe(v.string(), v.isoDate()));

/** Status of a video. */
export const videoStatus = parameter(v.picklist(['MISSING', 'QUEUED', 'READY', 'FAILED']));

/** Order of a list. */
export const direction = parameter(v.picklist(['asc', 'desc']));

/** How many things a page of a list may have. */
export const PAGE_SIZES = [10, 25, 50, 100] as const;

/** How many things a page of a list has. */
export const pageSize = parameter(v.picklist(PAGE_SIZES));

/** A text of a certain form; the router takes one of digits for a number. */
export function text(form: RegExp) {
  return parameter(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(form)));
}

/** The part of a route's `navigate` that changes its search parameters. */
type Navigate<Search> = (options: {
  search: (before: Search) => Search;
  replace: true;
  resetScroll: false;
}) => Promise<void>;

/**
 * Changes some search parameters of the page that is shown and leaves the others, without a new entry in the browser's history.
 *
 * @param navigate of the page's route
 */
export function changeSearch<Search extends object>(
  navigate: Navigate<Search>,
  change: Partial<Search>,
): Promise<void> {
  return navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
}
