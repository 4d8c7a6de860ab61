import { z } from 'zod';
import { DurationMsSchema } from '../inputs/video-inputs.ts';
import { VIDEO_FORMAT } from '../video-format.ts';
import { choice, request, wholeNumber } from './builders.ts';
import { PageLimitSchema, RendererVersionSchema, TimestampSchema, UuidSchema } from './primitives.ts';
import { BACKFILL_STATES } from './statuses.ts';

const durationMs = DurationMsSchema.default(VIDEO_FORMAT.defaultDurationMs).describe(
  'Length of the videos in whole milliseconds. (Default: 6000)',
);

/** Highest number of renders of a backfill that may be queued or running at once. */
export const MAX_BACKFILL_CONCURRENCY = 100;

export const BackfillDryRunRequestSchema = request({ duration_ms: durationMs }).meta({
  id: 'BackfillDryRunRequest',
});

export const BackfillDryRunSchema = z
  .object({
    renderer_version: RendererVersionSchema,
    duration_ms: z.int().meta({ example: 6_000 }),
    events: z.int().meta({ description: 'Number of friction events.', example: 1_200 }),
    videos: z.int().meta({
      description: 'Number of distinct videos: events with equal inputs share one.',
      example: 1_150,
    }),
    ready: z.int().meta({ description: 'Videos that are READY.', example: 150 }),
    under_way: z.int().meta({ description: 'Videos that are queued or rendering.', example: 5 }),
    to_render: z
      .int()
      .meta({ description: 'Videos that a backfill would handle: all that are not READY.', example: 1_000 }),
  })
  .meta({ id: 'BackfillDryRun', description: 'What a backfill would do now.' });

export const StartBackfillRequestSchema = request({
  duration_ms: durationMs,
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
    duration_ms: z.int().meta({ example: 6_000 }),
    concurrency: z
      .int()
      .meta({ description: 'Maximum number of its renders that are queued or running at once.', example: 2 }),
    events: z.int().meta({ description: 'Friction events at its start.', example: 1_200 }),
    videos: z.int().meta({ description: 'Distinct videos of those events.', example: 1_150 }),
    ready_before: z.int().meta({ description: 'Videos that were READY at its start.', example: 150 }),
    total: z.int().meta({ description: 'Videos that it handles.', example: 1_000 }),
    waiting: z.int().meta({
      description: 'Not started yet; in a cancelled backfill, never started.',
      example: 897,
    }),
    under_way: z.int().meta({ description: 'Queued or rendering now.', example: 2 }),
    succeeded: z.int().meta({ example: 100 }),
    failed: z.int().meta({ example: 1 }),
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
