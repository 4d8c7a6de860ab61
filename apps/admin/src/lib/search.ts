import { ASSET_STATUSES, VIDEO_FORMAT } from '@defrag/core';
import * as v from 'valibot';

/** A search parameter. A missing or invalid value becomes undefined. */
export function parameter<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}

function wholeNumber(least: number, most: number) {
  return parameter(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)));
}

export const score = wholeNumber(0, 100);

export const durationMs = wholeNumber(VIDEO_FORMAT.minDurationMs, VIDEO_FORMAT.maxDurationMs);

/** Slider position 0..1. */
export const position = parameter(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));

/** Such as 2025-01-31. */
export const day = parameter(v.pipe(v.string(), v.isoDate()));

export const videoStatus = parameter(v.picklist(ASSET_STATUSES));

export const direction = parameter(v.picklist(['asc', 'desc']));

export const PAGE_SIZES = [10, 25, 50, 100] as const;

export const pageSize = parameter(v.picklist(PAGE_SIZES));

/** A string that matches a pattern. The router parses digits as a number, so numbers are accepted too. */
export function text(form: RegExp) {
  return parameter(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(form)));
}

type Navigate<Search> = (options: {
  search: (before: Search) => Search;
  replace: true;
  resetScroll: false;
}) => Promise<void>;

/** Changes some search parameters of the current page without adding a history entry. */
export function changeSearch<Search extends object>(
  navigate: Navigate<Search>,
  change: Partial<Search>,
): Promise<void> {
  return navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
}
