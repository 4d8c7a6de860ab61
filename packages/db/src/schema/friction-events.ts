import { FIDELITY_BUCKETS } from '@defrag/core';
import { date, integer, pgTable, text, uuid } from '../drizzle.ts';
import { timestamps } from './timestamps.ts';

/** The source rows. The product writes them; this system reads them. */
export const frictionEvents = pgTable('friction_events', {
  id: uuid('id').primaryKey().defaultRandom(),
  userId: uuid('user_id').notNull(),
  connectionId: uuid('connection_id').notNull(),
  /** `YYYY-MM-DD`. */
  eventDate: date('event_date', { mode: 'string' }).notNull(),
  engineVersion: text('engine_version').notNull(),
  /** Integer 0..100. */
  pressureScore: integer('pressure_score').notNull(),
  /** Integer 0..100. */
  frictionScore: integer('friction_score').notNull(),
  frictionDelta: integer('friction_delta'),
  primaryGate: text('primary_gate').notNull().default('NONE'),
  fidelityBucket: text('fidelity_bucket', { enum: FIDELITY_BUCKETS }).notNull(),
  /** Hash of the still that belongs to the event. */
  assetHash: text('asset_hash').notNull(),
  /** The seed of the event's video. */
  provenanceHash: text('provenance_hash').notNull(),
  ...timestamps(),
});

/** A row of `friction_events`. */
export type FrictionEventRow = typeof frictionEvents.$inferSelect;
