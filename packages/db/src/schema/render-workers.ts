import { integer, pgTable, text, timestamp, uuid } from '../drizzle.ts';
import { timestamps } from './timestamps.ts';

/** One row for each process that renders, for as long as it does, and a day longer if it died. */
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
