import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import {
  AssetStatusSchema,
  CursorSchema,
  EngineNameSchema,
  PageLimitSchema,
  RenderJobStateSchema,
  TimestampSchema,
} from './primitives.ts';

/** One requested render of a video, with all its tries. */
export const RenderJobSchema = z.object({
  id: z.uuid(),
  friction_id: z.uuid(),
  /** True when the render was asked for although the video was in the cache. */
  forced: z.boolean(),
  state: RenderJobStateSchema,
  /** Tries begun so far. */
  tries: z.int(),
  engine: EngineNameSchema.nullable(),
  frames_done: z.int(),
  frames_total: z.int(),
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  render_duration_ms: z.int().nullable(),
  size_bytes: z.int().nullable(),
  content_sha256: z.string().nullable(),
  queued_at: TimestampSchema,
  started_at: TimestampSchema.nullable(),
  finished_at: TimestampSchema.nullable(),
});

/** See {@link RenderJobSchema}. */
export type RenderJob = z.infer<typeof RenderJobSchema>;

/** A cached video as operators see it. */
export const VideoSchema = z.object({
  hash: z.string(),
  status: AssetStatusSchema,
  url: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  duration_seconds: z.int().nullable(),
  duration_ms: z.int(),
  fps: z.int(),
  friction_score: z.int(),
  pressure_score: z.int(),
  renderer_version: z.string(),
  engine: EngineNameSchema.nullable(),
  size_bytes: z.int().nullable(),
  /** SHA-256 of the file; what a repeated render is compared with. */
  content_sha256: z.string().nullable(),
  render_duration_ms: z.int().nullable(),
  rendered_at: TimestampSchema.nullable(),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
  /** The newest render of this video. */
  latest_job: RenderJobSchema.nullable(),
});

/** See {@link VideoSchema}. */
export type Video = z.infer<typeof VideoSchema>;

/** Input of `admin.videos.list`; newest first unless `direction` says otherwise. */
export const ListVideosRequestSchema = z.strictObject({
  limit: PageLimitSchema,
  cursor: CursorSchema.nullish(),
  direction: z.enum(['asc', 'desc']).default('desc'),
  status: AssetStatusSchema.optional(),
  engine: EngineNameSchema.optional(),
  renderer_version: z.string().max(100).optional(),
  friction_id: z.uuid().optional(),
  created_from: TimestampSchema.optional(),
  created_to: TimestampSchema.optional(),
});

/** One page of videos. */
export const ListVideosResponseSchema = z.object({
  items: z.array(VideoSchema),
  /** Null on the last page. */
  next_cursor: z.string().nullable(),
});

/** One video with its canonical inputs and the history of its renders, newest first. */
export const VideoDetailSchema = VideoSchema.extend({
  canonical_inputs: z.string(),
  jobs: z.array(RenderJobSchema),
});

/** See {@link VideoDetailSchema}. */
export type VideoDetail = z.infer<typeof VideoDetailSchema>;

/** Input of `admin.videos.progress`. `lastEventId` is what a reconnecting client saw last; it is filled in by the client. */
export const VideoProgressRequestSchema = z.strictObject({
  hash: VideoHashSchema,
  lastEventId: z.string().max(200).nullish(),
});

/** One step of a render's progress. Within a job `frames_done` never goes down; after a failed try it waits where it was. */
export const VideoProgressSchema = z.object({
  hash: z.string(),
  status: AssetStatusSchema,
  job_id: z.uuid().nullable(),
  job_state: RenderJobStateSchema.nullable(),
  frames_done: z.int(),
  frames_total: z.int(),
  tries: z.int(),
  error_code: z.string().nullable(),
  url: z.string().nullable(),
});

/** See {@link VideoProgressSchema}. */
export type VideoProgress = z.infer<typeof VideoProgressSchema>;

/** Answer of `admin.videos.cancel`. */
export const CancelVideoResponseSchema = z.object({
  hash: z.string(),
  /** False when there was nothing to cancel. */
  cancelled: z.boolean(),
});
