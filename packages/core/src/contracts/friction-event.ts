import { z } from 'zod';
import { DurationMsSchema, ScoreSchema } from '../inputs/video-inputs.ts';
import { VIDEO_FORMAT } from '../video-format.ts';
import {
  AssetStatusSchema,
  CursorSchema,
  DateSchema,
  FidelityBucketSchema,
  PageLimitSchema,
  TimestampSchema,
} from './primitives.ts';

/** What a list of events says of an event's video. Status MISSING and no URL when it was never asked for. */
export const FrictionEventVideoSchema = z.object({
  hash: z.string(),
  status: AssetStatusSchema,
  /** Null until READY. */
  url: z.string().nullable(),
});

/** A friction event as operators see it. */
export const FrictionEventSchema = z.object({
  id: z.uuid(),
  user_id: z.uuid(),
  connection_id: z.uuid(),
  event_date: DateSchema,
  engine_version: z.string(),
  friction_score: ScoreSchema,
  pressure_score: ScoreSchema,
  friction_delta: z.int().nullable(),
  primary_gate: z.string(),
  fidelity_bucket: FidelityBucketSchema,
  asset_hash: z.string(),
  /** The seed of the event's motion. */
  provenance_hash: z.string(),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
  /** The video of the requested duration under the present renderer version. */
  video: FrictionEventVideoSchema,
});

/** See {@link FrictionEventSchema}. */
export type FrictionEvent = z.infer<typeof FrictionEventSchema>;

/** Input of `admin.frictionEvents.list`. All bounds are inclusive. */
export const ListFrictionEventsRequestSchema = z.strictObject({
  limit: PageLimitSchema,
  cursor: CursorSchema.nullish(),
  sort: z.enum(['event_date', 'created_at', 'friction_score', 'pressure_score']).default('event_date'),
  direction: z.enum(['asc', 'desc']).default('desc'),
  min_friction_score: ScoreSchema.optional(),
  max_friction_score: ScoreSchema.optional(),
  min_pressure_score: ScoreSchema.optional(),
  max_pressure_score: ScoreSchema.optional(),
  date_from: DateSchema.optional(),
  date_to: DateSchema.optional(),
  fidelity_bucket: FidelityBucketSchema.optional(),
  video_status: AssetStatusSchema.optional(),
  /** Which video of an event counts for `video` and `video_status`. (Default: 6000) */
  duration_ms: DurationMsSchema.default(VIDEO_FORMAT.defaultDurationMs),
});

/** One page of friction events. */
export const ListFrictionEventsResponseSchema = z.object({
  items: z.array(FrictionEventSchema),
  /** Null on the last page. */
  next_cursor: z.string().nullable(),
});

/** Input of `admin.frictionEvents.byId`. */
export const FrictionEventByIdRequestSchema = z.strictObject({
  friction_id: z.uuid(),
  duration_ms: DurationMsSchema.default(VIDEO_FORMAT.defaultDurationMs),
});

/** One friction event with the exact text that is hashed for its video. */
export const FrictionEventDetailSchema = FrictionEventSchema.extend({
  canonical_inputs: z.string(),
  renderer_version: z.string(),
});

/** See {@link FrictionEventDetailSchema}. */
export type FrictionEventDetail = z.infer<typeof FrictionEventDetailSchema>;
