import { z } from 'zod';
import { DurationMsSchema, ScoreSchema } from '../inputs/video-inputs.ts';
import { VIDEO_FORMAT } from '../video-format.ts';
import { choice, request } from './builders.ts';
import {
  AssetStatusSchema,
  CursorSchema,
  DateSchema,
  DirectionSchema,
  FidelityBucketSchema,
  FrictionIdSchema,
  PageLimitSchema,
  TimestampSchema,
  UuidSchema,
} from './primitives.ts';

/** What a list of events says of an event's video. Status MISSING and no URL when it was never asked for. */
export const FrictionEventVideoSchema = z
  .object({
    hash: z.string(),
    status: AssetStatusSchema.describe('MISSING when the video was never asked for.'),
    url: z.string().nullable().describe('Null until READY.'),
  })
  .meta({ id: 'FrictionEventVideo', description: 'Where the video of a friction event stands.' });

const frictionEventShape = {
  id: UuidSchema,
  user_id: UuidSchema,
  connection_id: UuidSchema,
  event_date: DateSchema,
  engine_version: z.string(),
  friction_score: ScoreSchema,
  pressure_score: ScoreSchema,
  friction_delta: z.int().nullable(),
  primary_gate: z.string(),
  fidelity_bucket: FidelityBucketSchema,
  asset_hash: z.string(),
  provenance_hash: z.string().describe("The seed of the event's motion."),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
  video: FrictionEventVideoSchema.describe(
    'The video of the requested duration under the present renderer version.',
  ),
};

/** A friction event as operators see it. */
export const FrictionEventSchema = z
  .object(frictionEventShape)
  .meta({ id: 'FrictionEvent', description: 'A friction event as operators see it.' });

/** See {@link FrictionEventSchema}. */
export type FrictionEvent = z.infer<typeof FrictionEventSchema>;

const videoDurationMs = DurationMsSchema.default(VIDEO_FORMAT.defaultDurationMs).describe(
  'Length in milliseconds of the video that counts for `video` and `video_status`. (Default: 6000)',
);

/** Input of `admin.frictionEvents.list`. All bounds are inclusive. */
export const ListFrictionEventsRequestSchema = request({
  limit: PageLimitSchema,
  cursor: CursorSchema.nullish(),
  sort: choice(['event_date', 'created_at', 'friction_score', 'pressure_score'])
    .default('event_date')
    .describe('(Default: event_date)'),
  direction: DirectionSchema.default('desc').describe('(Default: desc)'),
  min_friction_score: ScoreSchema.optional(),
  max_friction_score: ScoreSchema.optional(),
  min_pressure_score: ScoreSchema.optional(),
  max_pressure_score: ScoreSchema.optional(),
  date_from: DateSchema.optional().describe('First event date.'),
  date_to: DateSchema.optional().describe('Last event date.'),
  fidelity_bucket: FidelityBucketSchema.optional(),
  video_status: AssetStatusSchema.optional(),
  duration_ms: videoDurationMs,
}).meta({ id: 'ListFrictionEventsRequest' });

/** One page of friction events. */
export const ListFrictionEventsResponseSchema = z
  .object({
    items: z.array(FrictionEventSchema),
    next_cursor: z.string().nullable().describe('Null on the last page.'),
  })
  .meta({ id: 'FrictionEventPage', description: 'One page of friction events.' });

/** Input of `admin.frictionEvents.byId`. */
export const FrictionEventByIdRequestSchema = request({
  friction_id: FrictionIdSchema,
  duration_ms: videoDurationMs,
}).meta({ id: 'FrictionEventByIdRequest' });

/** One friction event with the exact text that is hashed for its video. */
export const FrictionEventDetailSchema = z
  .object({
    ...frictionEventShape,
    canonical_inputs: z.string().describe('The exact text that is hashed for the video.'),
    renderer_version: z.string(),
  })
  .meta({
    id: 'FrictionEventDetail',
    description: 'A friction event with the canonical inputs of its video.',
  });

/** See {@link FrictionEventDetailSchema}. */
export type FrictionEventDetail = z.infer<typeof FrictionEventDetailSchema>;
