import { integer, numeric, pgTable, text, timestamp, uuid } from '../drizzle.ts';
import { renderJobs } from './render-jobs.ts';
import { timestamps } from './timestamps.ts';

/** State of one render on AWS Lambda. The first two are active: a job has at most one active one. */
export const LAMBDA_RENDER_STATES = [
  'INVOKING',
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'TIMED_OUT',
] as const;
/** One of {@link LAMBDA_RENDER_STATES}. */
export type LambdaRenderState = (typeof LAMBDA_RENDER_STATES)[number];

/** The states of a render on Lambda that has not ended. */
export const ACTIVE_LAMBDA_RENDER_STATES = [
  'INVOKING',
  'RUNNING',
] as const satisfies readonly LambdaRenderState[];

/** Outcomes that a webhook can report for a render on Lambda. */
export const LAMBDA_WEBHOOK_OUTCOMES = ['success', 'error', 'timeout'] as const;
/** One of {@link LAMBDA_WEBHOOK_OUTCOMES}. */
export type LambdaWebhookOutcome = (typeof LAMBDA_WEBHOOK_OUTCOMES)[number];

/** One row for each time that AWS Lambda was asked to render, with what it holds of the account's concurrency. */
export const lambdaRenders = pgTable('lambda_renders', {
  /** Our id, sent with the invocation and returned by the webhook. */
  id: uuid('id').primaryKey().defaultRandom(),
  jobId: uuid('job_id')
    .notNull()
    .references(() => renderJobs.id, { onDelete: 'cascade' }),
  state: text('state', { enum: LAMBDA_RENDER_STATES }).notNull().default('INVOKING'),
  /** Remotion's id of the render; null until the invocation is answered. */
  remotionRenderId: text('remotion_render_id').unique(),
  /** Key under which the function puts the file into our bucket; no other invocation has it. */
  objectKey: text('object_key').notNull().unique(),
  /** Maximum number of its concurrent invocations. */
  slots: integer('slots').notNull(),
  /** Until when it holds them, at the latest: then the function has ended in any case. */
  slotsUntil: timestamp('slots_until', { withTimezone: true }).notNull(),
  /** When it is given up. */
  deadlineAt: timestamp('deadline_at', { withTimezone: true }).notNull(),
  webhookOutcome: text('webhook_outcome', { enum: LAMBDA_WEBHOOK_OUTCOMES }),
  webhookAt: timestamp('webhook_at', { withTimezone: true }),
  /** Cost charged by AWS, estimated by Remotion; null if unknown. */
  costUsd: numeric('cost_usd', { mode: 'number' }),
  ...timestamps(),
});

/** A row of `lambda_renders`. */
export type LambdaRenderRow = typeof lambdaRenders.$inferSelect;
