import { integer, pgTable, text, timestamp, uuid } from '../drizzle.ts';
import { timestamps } from './timestamps.ts';
import { BACKFILL_STATES } from './vocabulary.ts';

/** One row for each "render all events". */
export const backfills = pgTable('backfills', {
  id: uuid('id').primaryKey().defaultRandom(),
  state: text('state', { enum: BACKFILL_STATES }).notNull().default('RUNNING'),
  rendererVersion: text('renderer_version').notNull(),
  durationMs: integer('duration_ms').notNull(),
  /** Most of its renders that are queued or under way at the same time. */
  concurrency: integer('concurrency').notNull(),
  /** Friction events at its start. */
  events: integer('events').notNull().default(0),
  /** Different videos that they had. */
  videos: integer('videos').notNull().default(0),
  /** Of them, those that were not READY: the rows of `backfill_items`. */
  total: integer('total').notNull().default(0),
  finishedAt: timestamp('finished_at', { withTimezone: true }),
  ...timestamps(),
});

/** A row of `backfills`. */
export type Backfill = typeof backfills.$inferSelect;
