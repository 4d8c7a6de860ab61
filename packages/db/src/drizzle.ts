import { createRequire } from 'node:module';

/*
 * drizzle in its CommonJS build. Its ES modules import each other in circles, and linking them leaves Node 24 with some 230 MB
 * more memory in use than the same code as CommonJS (decision 0022 has the figures and the command). Types come from the
 * package as ever; every file of ours takes drizzle's values from here.
 */
const load = createRequire(import.meta.url);
const base = load('drizzle-orm') as typeof import('drizzle-orm');
const postgres = load('drizzle-orm/pg-core') as typeof import('drizzle-orm/pg-core');

/** Conditions, orders and raw SQL; see drizzle's documentation. */
export const {
  and,
  asc,
  desc,
  eq,
  exists,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  ne,
  not,
  or,
  sql,
} = base;

/** Tables and columns; see drizzle's documentation. */
export const {
  bigint,
  boolean,
  date,
  getTableConfig,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  union,
  uuid,
} = postgres;

/** drizzle's driver for the embedded database. */
export function loadPgliteDriver(): typeof import('drizzle-orm/pglite') {
  return load('drizzle-orm/pglite') as typeof import('drizzle-orm/pglite');
}

/** drizzle's driver for a PostgreSQL server. */
export function loadNodePostgresDriver(): typeof import('drizzle-orm/node-postgres') {
  return load('drizzle-orm/node-postgres') as typeof import('drizzle-orm/node-postgres');
}
