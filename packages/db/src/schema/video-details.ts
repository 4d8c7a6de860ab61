import { bigint, integer, pgTable, text, timestamp } from '../drizzle.ts';
import { assetCachePublic } from './asset-cache.ts';
import { timestamps } from './timestamps.ts';

/** The inputs of a video and the facts of its file. Joined to friction events by inputs, so an edited event loses its old video. */
export const videoDetails = pgTable('video_details', {
  hash: text('hash')
    .primaryKey()
    .references(() => assetCachePublic.hash, { onDelete: 'cascade' }),
  frictionScore: integer('friction_score').notNull(),
  pressureScore: integer('pressure_score').notNull(),
  seed: text('seed').notNull(),
  durationMs: integer('duration_ms').notNull(),
  rendererVersion: text('renderer_version').notNull(),
  /** Key of the file in the store. */
  objectKey: text('object_key').notNull(),
  /** Lowercase hex SHA-256 of the file; null before the first render has ended. */
  contentSha256: text('content_sha256'),
  sizeBytes: bigint('size_bytes', { mode: 'number' }),
  /** The engine that made the file. */
  engine: text('engine'),
  renderDurationMs: integer('render_duration_ms'),
  renderedAt: timestamp('rendered_at', { withTimezone: true }),
  ...timestamps(),
});

/** A row of `video_details`. */
export type VideoDetailsRow = typeof videoDetails.$inferSelect;
