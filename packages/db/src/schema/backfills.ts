import { BACKFILL_ITEM_STATES, BACKFILL_STATES } from '@defrag/core';
import { integer, pgTable, primaryKey, text, timestamp, uuid } from '../drizzle.ts';
import { timestamps } from './timestamps.ts';

/** One row for each "render all events". */
export const backfills = pgTable('backfills', {
  id: uuid('id').primaryKey().defaultRandom(),
  state: text('state', { enum: BACKFILL_STATES }).notNull().default('RUNNING'),
  rendererVersion: text('renderer_version').notNull(),
  durationMs: integer('duration_ms').notNull(),
  /** Maximum number of its renders that are active at once. */
  concurrency: integer('concurrency').notNull(),
  /** Friction events at its start. */
  events: integer('events').notNull().default(0),
  /** Distinct videos of those events. */
  videos: integer('videos').notNull().default(0),
  /** Of them, those that were not READY: the rows of `backfill_items`. */
  total: integer('total').notNull().default(0),
  finishedAt: timestamp('finished_at', { withTimezone: true }),
  ...timestamps(),
});

/** A row of `backfills`. */
export type BackfillRow = typeof backfills.$inferSelect;

/** One row for each distinct video of a backfill. */
export const backfillItems = pgTable(
  'backfill_items',
  {
    backfillId: uuid('backfill_id')
      .notNull()
      .references(() => backfills.id, { onDelete: 'cascade' }),
    /** An event with the video's inputs, on behalf of all that have the same ones. */
    frictionId: uuid('friction_id').notNull(),
    state: text('state', { enum: BACKFILL_ITEM_STATES }).notNull().default('WAITING'),
    /** The render that was created or joined; null before. It may have been deleted with its video. */
    jobId: uuid('job_id'),
    ...timestamps(),
  },
  (table) => [primaryKey({ columns: [table.backfillId, table.frictionId] })],
);
