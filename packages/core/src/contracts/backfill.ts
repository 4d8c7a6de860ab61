import { z } from 'zod';
import { choice, integer, request, wholeNumber } from './builders.ts';
import {
  PageLimitSchema,
  RendererVersionSchema,
  TimestampSchema,
  UuidSchema,
  VideoDurationSchema,
} from './primitives.ts';
import { BACKFILL_STATES } from './statuses.ts';

/** Highest number of renders of a backfill that may be queued or running at once. */
export const MAX_BACKFILL_CONCURRENCY = 100;

export const BackfillDryRunRequestSchema = request({ duration_ms: VideoDurationSchema }).meta({
  id: 'BackfillDryRunRequest',
});

export const BackfillDryRunSchema = z
  .object({
    renderer_version: RendererVersionSchema,
    duration_ms: integer(6_000),
    events: integer(1_200, 'Number of friction events.'),
    videos: integer(1_150, 'Number of distinct videos: events with equal inputs share one.'),
    ready: integer(150, 'Videos that are READY.'),
    under_way: integer(5, 'Videos that are queued or rendering.'),
    to_render: integer(1_000, 'Videos that a backfill would handle: all that are not READY.'),
  })
  .meta({ id: 'BackfillDryRun', description: 'What a backfill would do now.' });

export const StartBackfillRequestSchema = request({
  duration_ms: VideoDurationSchema,
  concurrency: wholeNumber(1, MAX_BACKFILL_CONCURRENCY).default(1).meta({
    description: 'Maximum number of its renders that are queued or running at once. (Default: 1)',
    example: 2,
  }),
}).meta({ id: 'StartBackfillRequest' });

export const BackfillByIdRequestSchema = request({ id: UuidSchema.describe('Id of the backfill.') }).meta({
  id: 'BackfillByIdRequest',
});

export const ListBackfillsRequestSchema = request({ limit: PageLimitSchema }).meta({
  id: 'ListBackfillsRequest',
});

/** `waiting + under_way + succeeded + failed + cancelled + skipped` is `total`. */
export const BackfillSchema = z
  .object({
    id: UuidSchema,
    state: choice(BACKFILL_STATES),
    renderer_version: RendererVersionSchema,
    duration_ms: integer(6_000),
    concurrency: integer(2, 'Maximum number of its renders that are queued or running at once.'),
    events: integer(1_200, 'Friction events at its start.'),
    videos: integer(1_150, 'Distinct videos of those events.'),
    ready_before: integer(150, 'Videos that were READY at its start.'),
    total: integer(1_000, 'Videos that it handles.'),
    waiting: integer(897, 'Not started yet; in a cancelled backfill, never started.'),
    under_way: integer(2, 'Queued or rendering now.'),
    succeeded: integer(100),
    failed: integer(1),
    cancelled: z.int(),
    skipped: z.int().describe('Became READY by other means, or the event was deleted.'),
    created_at: TimestampSchema,
    updated_at: TimestampSchema,
    finished_at: TimestampSchema.nullable().meta({ example: null }),
  })
  .meta({ id: 'Backfill', description: 'A backfill and its progress.' });

export const ListBackfillsResponseSchema = z
  .object({ items: z.array(BackfillSchema).describe('Newest first.') })
  .meta({ id: 'BackfillList', description: 'The newest backfills.' });
