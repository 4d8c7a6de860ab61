import { bigint, pgTable, timestamp } from '../drizzle.ts';
import { timestamps } from './timestamps.ts';

/** How the requests for videos of one hour were answered. */
export const videoRequestHours = pgTable('video_request_hours', {
  /** When the hour began. */
  hour: timestamp('hour', { withTimezone: true }).primaryKey(),
  /** Answered from the cache. */
  hits: bigint('hits', { mode: 'number' }).notNull().default(0),
  /** A render was created or joined. */
  misses: bigint('misses', { mode: 'number' }).notNull().default(0),
  /** Forced renders, requested regardless of the cache. */
  forced: bigint('forced', { mode: 'number' }).notNull().default(0),
  ...timestamps(),
});
