import { integer, pgTable, text, timestamp, uuid } from '../drizzle.ts';
import { timestamps } from './timestamps.ts';

/** One row per worker process; deleted when it stops, or a day after it died. */
export const renderWorkers = pgTable('render_workers', {
  id: uuid('id').primaryKey(),
  /** As in `render_jobs.worker`. */
  name: text('name').notNull(),
  host: text('host').notNull(),
  pid: integer('pid').notNull(),
  engine: text('engine').notNull(),
  rendererVersion: text('renderer_version').notNull(),
  /** Renders that it works on at the same time. */
  concurrency: integer('concurrency').notNull(),
  lastSeenAt: timestamp('last_seen_at', { withTimezone: true }).notNull().defaultNow(),
  ...timestamps(),
});

/** A row of `render_workers`. */
export type RenderWorkerRow = typeof renderWorkers.$inferSelect;
