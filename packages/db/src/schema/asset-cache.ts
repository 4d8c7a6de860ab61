import { ASSET_STATUSES, ASSET_TYPES, FIDELITY_BUCKETS } from '@defrag/core';
import { integer, jsonb, pgTable, text } from '../drizzle.ts';
import { timestamps } from './timestamps.ts';

/** A pressure score in three steps: LOW to 33, MED to 66, HIGH above. */
export const PRESSURE_BUCKETS = ['LOW', 'MED', 'HIGH'] as const;
/** One of {@link PRESSURE_BUCKETS}. */
export type PressureBucket = (typeof PRESSURE_BUCKETS)[number];

/** The public columns of a cached still or video. */
export const assetCachePublic = pgTable('asset_cache_public', {
  /** Of a video: its video hash. */
  hash: text('hash').primaryKey(),
  type: text('type', { enum: ASSET_TYPES }).notNull(),
  status: text('status', { enum: ASSET_STATUSES }).notNull(),
  url: text('url'),
  /** Pixels. */
  width: integer('width'),
  /** Pixels. */
  height: integer('height'),
  /** Nearest whole second; the exact length is `duration_ms` of the private row. */
  durationSeconds: integer('duration_seconds'),
  ...timestamps(),
});

/** A row of `asset_cache_public`. */
export type PublicAssetRow = typeof assetCachePublic.$inferSelect;

/** The private columns of a cached asset. Its motion profile never leaves the database and the renderer. */
export const assetCachePrivate = pgTable('asset_cache_private', {
  hash: text('hash')
    .primaryKey()
    .references(() => assetCachePublic.hash, { onDelete: 'cascade' }),
  /** Of a video: its canonical inputs, the exact text that is hashed. */
  canonical: text('canonical').notNull(),
  userClass: text('user_class').notNull(),
  targetClass: text('target_class').notNull(),
  pressureBucket: text('pressure_bucket', { enum: PRESSURE_BUCKETS }).notNull(),
  fidelityBucket: text('fidelity_bucket', { enum: FIDELITY_BUCKETS }).notNull(),
  /** Friction score floored to tens: 0, 10 .. 100. */
  frictionBracket10: integer('friction_bracket10').notNull(),
  /** Of a video: the renderer version. */
  assetVersion: text('asset_version').notNull(),
  ...timestamps(),
  /** Exact length in milliseconds; null for stills. */
  durationMs: integer('duration_ms'),
  /** Frames per second. */
  fps: integer('fps').default(30),
  rendererVersion: text('renderer_version'),
  motionProfile: jsonb('motion_profile'),
});
