import { timestamp } from '../drizzle.ts';

/** `created_at` and `updated_at` of a table; a trigger keeps the second. PostgreSQL holds microseconds, a Date milliseconds. */
export const timestamps = () => ({
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
});
