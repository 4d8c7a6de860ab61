import * as z from 'zod/mini';

/** A search parameter that counts as absent where the URL has none, or a wrong one. */
export function parameter<T extends z.core.$ZodType>(schema: T) {
  return z.catch(z.optional(schema), undefined);
}

/** A score 0..100. */
export const score = parameter(z.int().check(z.minimum(0), z.maximum(100)));

/** A day such as 2025-01-31. */
export const day = parameter(z.iso.date());

/** Length of a video in milliseconds. */
export const durationMs = parameter(z.int().check(z.minimum(1_000), z.maximum(10_000)));

/** Status of a video. */
export const videoStatus = parameter(z.enum(['MISSING', 'QUEUED', 'READY', 'FAILED']));

/** Order of a list. */
export const direction = parameter(z.enum(['asc', 'desc']));

/** How many things a page of a list may have. */
export const PAGE_SIZES = [10, 25, 50, 100] as const;

/** How many things a page of a list has. */
export const pageSize = parameter(z.literal(PAGE_SIZES));

/** A text; the router takes one of digits for a number. */
export function text(...checks: Parameters<ReturnType<typeof z.string>['check']>) {
  return parameter(z.pipe(z.transform(String), z.string().check(...checks)));
}
