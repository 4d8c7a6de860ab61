import { integer, jsonb, pgTable, text } from '../drizzle.ts';
import { assetCachePublic } from './asset-cache-public.ts';
import { timestamps } from './timestamps.ts';
import { FIDELITY_BUCKETS, PRESSURE_BUCKETS } from './vocabulary.ts';

/** What only the service may know about a cached asset. Its motion profile never leaves the database and the renderer. */
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
