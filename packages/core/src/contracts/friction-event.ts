import { z } from 'zod';
import { DurationMsSchema, ScoreSchema } from '../inputs/video-inputs.ts';
import { mustBe } from '../must-be.ts';
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
import { VideoDetailSchema } from './video.ts';

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

const idPrefixMessage = mustBe('the first 1 to 36 characters of a UUID');

/** Input of `admin.frictionEvents.list`. All bounds are inclusive. */
export const ListFrictionEventsRequestSchema = request({
  limit: PageLimitSchema,
  cursor: CursorSchema.nullish(),
  sort: choice(['event_date', 'created_at', 'friction_score', 'pressure_score', 'video_status'])
    .default('event_date')
    .describe(
      'By video_status ascending is MISSING, QUEUED, READY, FAILED, and within a status by event date. (Default: event_date)',
    ),
  direction: DirectionSchema.default('desc').describe('(Default: desc)'),
  min_friction_score: ScoreSchema.optional(),
  max_friction_score: ScoreSchema.optional(),
  min_pressure_score: ScoreSchema.optional(),
  max_pressure_score: ScoreSchema.optional(),
  date_from: DateSchema.optional().describe('First event date.'),
  date_to: DateSchema.optional().describe('Last event date.'),
  fidelity_bucket: FidelityBucketSchema.optional(),
  video_status: AssetStatusSchema.optional(),
  id_prefix: z
    .string(idPrefixMessage)
    .max(36, idPrefixMessage)
    .regex(/^(?:-*[0-9a-f]){1,32}-*$/i, idPrefixMessage)
    .optional()
    .describe('The first characters of the id; dashes do not matter.'),
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

/** One friction event with the exact text that is hashed for its video, and all that is known of that video. */
export const FrictionEventDetailSchema = z
  .object({
    ...frictionEventShape,
    canonical_inputs: z.string().describe('The exact text that is hashed for the video.'),
    renderer_version: z.string(),
    duration_ms: z.int().describe('Length of the video.'),
    frames: z.int().describe('Frames of the video.'),
    cached_video: VideoDetailSchema.nullable().describe(
      'The video with the history of its renders; null when it was never asked for.',
    ),
  })
  .meta({
    id: 'FrictionEventDetail',
    description: 'A friction event with the canonical inputs of its video.',
  });

/** See {@link FrictionEventDetailSchema}. */
export type FrictionEventDetail = z.infer<typeof FrictionEventDetailSchema>;
