import { z } from 'zod';
import { DurationMsSchema } from '../inputs/video-inputs.ts';
import { mustBe } from '../must-be.ts';
import { VIDEO_FORMAT } from '../video-format.ts';
import { choice, request } from './builders.ts';
import { PageLimitSchema, TimestampSchema, UuidSchema } from './primitives.ts';
import { BACKFILL_STATES } from './statuses.ts';

const durationMs = DurationMsSchema.default(VIDEO_FORMAT.defaultDurationMs).describe(
  'Length of the videos in whole milliseconds. (Default: 6000)',
);

/** Most renders of a backfill that may wait or run at once. */
export const MAX_BACKFILL_CONCURRENCY = 100;

const concurrencyMessage = mustBe(`a whole number from 1 to ${MAX_BACKFILL_CONCURRENCY}`);

/** Input of `admin.backfill.dryRun`. */
export const BackfillDryRunRequestSchema = request({ duration_ms: durationMs }).meta({
  id: 'BackfillDryRunRequest',
});

/** What a backfill would do now. Events with equal inputs share one video. */
export const BackfillDryRunSchema = z
  .object({
    renderer_version: z.string(),
    duration_ms: z.int(),
    events: z.int().describe('Friction events there are.'),
    videos: z.int().describe('Different videos that they have: events with equal inputs share one.'),
    ready: z.int().describe('Videos that are READY.'),
    under_way: z.int().describe('Videos that are queued or rendered already.'),
    to_render: z.int().describe('Videos that a backfill would see to: all that are not READY.'),
  })
  .meta({ id: 'BackfillDryRun', description: 'What a backfill would do now.' });

/** Input of `admin.backfill.start`. */
export const StartBackfillRequestSchema = request({
  duration_ms: durationMs,
  concurrency: z
    .int(concurrencyMessage)
    .min(1, concurrencyMessage)
    .max(MAX_BACKFILL_CONCURRENCY, concurrencyMessage)
    .default(1)
    .describe('Most of its renders that are queued or under way at the same time. (Default: 1)'),
}).meta({ id: 'StartBackfillRequest' });

/** Input that names one backfill. */
export const BackfillByIdRequestSchema = request({ id: UuidSchema.describe('Id of the backfill.') }).meta({
  id: 'BackfillByIdRequest',
});

/** Input of `admin.backfill.list`. */
export const ListBackfillsRequestSchema = request({ limit: PageLimitSchema }).meta({
  id: 'ListBackfillsRequest',
});

/**
 * A backfill and its progress. `waiting + under_way + succeeded + failed + cancelled + skipped` is `total`; of one that was
 * cancelled, `waiting` counts what was never begun.
 */
export const BackfillSchema = z
  .object({
    id: UuidSchema,
    state: choice(BACKFILL_STATES),
    renderer_version: z.string(),
    duration_ms: z.int(),
    concurrency: z.int().describe('Most of its renders that are queued or under way at the same time.'),
    events: z.int().describe('Friction events at its start.'),
    videos: z.int().describe('Different videos that they had.'),
    ready_before: z.int().describe('Videos that were READY at its start.'),
    total: z.int().describe('Videos that it sees to.'),
    waiting: z.int().describe('Not begun yet; of a cancelled backfill, never begun.'),
    under_way: z.int().describe('Queued or rendered now.'),
    succeeded: z.int(),
    failed: z.int(),
    cancelled: z.int(),
    skipped: z.int().describe('READY meanwhile, or their event is gone.'),
    created_at: TimestampSchema,
    updated_at: TimestampSchema,
    finished_at: TimestampSchema.nullable(),
  })
  .meta({ id: 'Backfill', description: 'A backfill and its progress.' });

/** See {@link BackfillSchema}. */
export type Backfill = z.infer<typeof BackfillSchema>;

/** The newest backfills. */
export const ListBackfillsResponseSchema = z
  .object({ items: z.array(BackfillSchema).describe('The newest first.') })
  .meta({ id: 'BackfillList', description: 'The newest backfills.' });
