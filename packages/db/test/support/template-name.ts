/** A database on the test server with all tables and no rows, to be copied. */
export const MIGRATED_TEMPLATE = 'defrag_migrated_template';
