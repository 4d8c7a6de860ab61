import type { RouterInputs } from '@defrag/client';
import type { EngineName } from '@defrag/core';
import * as v from 'valibot';
import { day, direction, pageSize, parameter, text, videoStatus } from '../../lib/search.ts';

export const VideosSearchSchema = v.object({
  status: videoStatus,
  engine: parameter(v.picklist(['embedded', 'remotion', 'lambda'] satisfies EngineName[])),
  renderer_version: text(/^[\w.-]{1,100}$/),
  friction_id: parameter(v.pipe(v.string(), v.uuid())),
  /** First and last day, in the reader's time zone. */
  created_from: day,
  created_to: day,
  hash_prefix: text(/^[0-9a-f]{1,64}$/),
  direction,
  limit: pageSize,
});

export type VideosSearch = v.InferOutput<typeof VideosSearchSchema>;

const FILTERS = [
  'status',
  'engine',
  'renderer_version',
  'friction_id',
  'created_from',
  'created_to',
  'hash_prefix',
] as const satisfies readonly (keyof VideosSearch)[];

export const NO_FILTERS: Partial<VideosSearch> = Object.fromEntries(FILTERS.map((name) => [name, undefined]));

export function countFilters(search: VideosSearch): number {
  return FILTERS.filter((name) => search[name] !== undefined).length;
}

/** The filters in the API's form, without the status: the totals count every status. */
export function filtersOf(search: VideosSearch): RouterInputs['admin']['videos']['totals'] {
  const { created_from, created_to, engine, renderer_version, friction_id, hash_prefix } = search;
  return {
    engine,
    renderer_version,
    friction_id,
    hash_prefix,
    created_from: created_from && new Date(`${created_from}T00:00:00`).toISOString(),
    created_to: created_to && new Date(`${created_to}T23:59:59.999`).toISOString(),
  };
}
