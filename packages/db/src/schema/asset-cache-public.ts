import { integer, pgTable, text } from '../drizzle.ts';
import { timestamps } from './timestamps.ts';
import { ASSET_STATUSES, ASSET_TYPES } from './vocabulary.ts';

/** What everybody may know about a cached still or video. */
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
export type PublicAsset = typeof assetCachePublic.$inferSelect;
