import { RENDER_JOB_STATES } from '@defrag/core';
import { bigint, boolean, integer, numeric, pgTable, text, timestamp, uuid } from '../drizzle.ts';
import { assetCachePublic } from './asset-cache.ts';
import { timestamps } from './timestamps.ts';

/** One row for each requested render. */
export const renderJobs = pgTable('render_jobs', {
  id: uuid('id').primaryKey().defaultRandom(),
  hash: text('hash')
    .notNull()
    .references(() => assetCachePublic.hash, { onDelete: 'cascade' }),
  /** The event that requested it; no foreign key, because the product owns events and may delete them. */
  frictionId: uuid('friction_id').notNull(),
  /** Whether a READY video is to be rendered again. */
  forced: boolean('forced').notNull().default(false),
  state: text('state', { enum: RENDER_JOB_STATES }).notNull().default('QUEUED'),
  /** How often a worker has started, 0 while it waits for the first time. */
  tries: integer('tries').notNull().default(0),
  engine: text('engine'),
  /** Host and process id of the worker, for display. */
  worker: text('worker'),
  framesDone: integer('frames_done').notNull().default(0),
  framesTotal: integer('frames_total').notNull(),
  errorCode: text('error_code'),
  errorMessage: text('error_message'),
  cancelRequestedAt: timestamp('cancel_requested_at', { withTimezone: true }),
  queuedAt: timestamp('queued_at', { withTimezone: true }).notNull().defaultNow(),
  startedAt: timestamp('started_at', { withTimezone: true }),
  finishedAt: timestamp('finished_at', { withTimezone: true }),
  renderDurationMs: integer('render_duration_ms'),
  sizeBytes: bigint('size_bytes', { mode: 'number' }),
  contentSha256: text('content_sha256'),
  /** Total cost of all tries; null for engines without a cost. */
  costUsd: numeric('cost_usd', { mode: 'number' }),
  ...timestamps(),
});

/** A row of `render_jobs`. */
export type RenderJobRow = typeof renderJobs.$inferSelect;
