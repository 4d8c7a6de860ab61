import { pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import { backfills } from './backfills.ts';
import { timestamps } from './timestamps.ts';
import { BACKFILL_ITEM_STATES } from './vocabulary.ts';

/** One row for each different video that a backfill sees to. */
export const backfillItems = pgTable(
  'backfill_items',
  {
    backfillId: uuid('backfill_id')
      .notNull()
      .references(() => backfills.id, { onDelete: 'cascade' }),
    /** An event with the video's inputs, on behalf of all that have the same ones. */
    frictionId: uuid('friction_id').notNull(),
    state: text('state', { enum: BACKFILL_ITEM_STATES }).notNull().default('WAITING'),
    /** The render that was begun or joined; null before. It may be gone, with its video. */
    jobId: uuid('job_id'),
    ...timestamps(),
  },
  (table) => [primaryKey({ columns: [table.backfillId, table.frictionId] })],
);
