import type { Executor } from '../database.ts';
import { sql } from '../drizzle.ts';
import { videoRequestHours } from '../schema/video-request-hours.ts';

/** Numbers of requests that were answered from the cache, by a new or running render, and by a forced render. */
export interface RequestCounts {
  hits: number;
  misses: number;
  forced: number;
}

/** {@link RequestCounts} of one hour. */
export interface RequestHourRow extends RequestCounts {
  /** Start of the hour. */
  hour: Date;
}

const THIS_HOUR = sql`date_trunc('hour', now(), 'UTC')`;

/** Adds to the counts of the current hour. */
export async function addVideoRequests(executor: Executor, counts: RequestCounts): Promise<void> {
  const { hits, misses, forced } = videoRequestHours;
  await executor
    .insert(videoRequestHours)
    .values({ hour: THIS_HOUR, ...counts })
    .onConflictDoUpdate({
      target: videoRequestHours.hour,
      set: {
        hits: sql`${hits} + ${counts.hits}`,
        misses: sql`${misses} + ${counts.misses}`,
        forced: sql`${forced} + ${counts.forced}`,
      },
    });
}

/** The last `hours` hours with the current one, oldest first, with zeros for hours without a request. */
export async function listVideoRequestHours(executor: Executor, hours: number): Promise<RequestHourRow[]> {
  const { rows } = await executor.execute<{ hour: string; hits: number; misses: number; forced: number }>(sql`
    select to_jsonb(series.hour) #>> '{}' as hour, coalesce(counted.hits, 0)::float8 as hits,
      coalesce(counted.misses, 0)::float8 as misses, coalesce(counted.forced, 0)::float8 as forced
    from generate_series(${THIS_HOUR} - (${hours}::int - 1) * interval '1 hour', ${THIS_HOUR}, interval '1 hour')
      as series (hour)
    left join ${videoRequestHours} as counted on counted.hour = series.hour
    order by series.hour
  `);
  return rows.map(({ hour, ...counts }) => ({ hour: new Date(hour), ...counts }));
}
