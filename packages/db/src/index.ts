/** The database of Defrag Video: schema, migrations, connection and queries. Only pg-boss, in its own schema, has other SQL. */

export { type Database, type Executor, openDatabase } from './database.ts';
export { DEMO_EVENTS, seedDemoEvents } from './demo-events.ts';
/** drizzle's `sql` tag, required by pg-boss's drizzle adapter. */
export { sql } from './drizzle.ts';
export * from './errors.ts';
export { type MigrationReport, migrateDatabase } from './migrate.ts';
export * from './queries/backfills.ts';
export * from './queries/friction-events.ts';
export * from './queries/lambda-renders.ts';
export { MAX_PAGE_LIMIT } from './queries/pages.ts';
export * from './queries/queue-render.ts';
export * from './queries/render-jobs.ts';
export * from './queries/render-workers.ts';
export * from './queries/run-render.ts';
export * from './queries/statistics.ts';
export * from './queries/video-requests.ts';
export * from './queries/videos.ts';
export * from './schema/index.ts';
