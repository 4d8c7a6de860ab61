import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { mustBe } from '../must-be.ts';
import { choice, request } from './builders.ts';
import {
  AssetStatusSchema,
  CursorSchema,
  DirectionSchema,
  EngineNameSchema,
  FrictionIdSchema,
  PageLimitSchema,
  RenderJobStateSchema,
  TimestampSchema,
  UuidSchema,
} from './primitives.ts';
import { DETERMINISM_VERDICTS } from './statuses.ts';

/** One requested render of a video, with all its tries. */
export const RenderJobSchema = z
  .object({
    id: UuidSchema,
    friction_id: UuidSchema,
    forced: z.boolean().describe('True when the render was asked for although the video was in the cache.'),
    state: RenderJobStateSchema,
    tries: z.int().describe('Tries begun so far.'),
    engine: EngineNameSchema.nullable(),
    worker: z.string().nullable().describe('Host and process id of the worker that has it, or had it last.'),
    cancel_requested: z.boolean().describe('True from the request on; the worker ends it a moment later.'),
    frames_done: z.int(),
    frames_total: z.int(),
    error_code: z.string().nullable(),
    error_message: z.string().nullable(),
    render_duration_ms: z.int().nullable(),
    size_bytes: z.int().nullable(),
    content_sha256: z.string().nullable(),
    cost_usd: z
      .number()
      .nullable()
      .describe(
        'What all tries have cost, in US dollars, as Remotion estimates it; null with engines that charge nothing.',
      ),
    queued_at: TimestampSchema,
    started_at: TimestampSchema.nullable(),
    finished_at: TimestampSchema.nullable(),
  })
  .meta({ id: 'RenderJob', description: 'One requested render of a video, with all its tries.' });

/** See {@link RenderJobSchema}. */
export type RenderJob = z.infer<typeof RenderJobSchema>;

const videoShape = {
  hash: z.string(),
  status: AssetStatusSchema,
  url: z.string().nullable().describe('Null until READY.'),
  width: z.int().nullable().describe('Pixels.'),
  height: z.int().nullable().describe('Pixels.'),
  duration_seconds: z.int().nullable().describe('The nearest whole second.'),
  duration_ms: z
    .int()
    .nullable()
    .describe('The exact length. Null, as are the other inputs, where another system made the video.'),
  fps: z.int().nullable(),
  friction_score: z.int().nullable(),
  pressure_score: z.int().nullable(),
  renderer_version: z.string().nullable(),
  engine: EngineNameSchema.nullable().describe('What made the file.'),
  size_bytes: z.int().nullable(),
  content_sha256: z
    .string()
    .nullable()
    .describe('SHA-256 of the file; what a repeated render is compared with.'),
  render_duration_ms: z.int().nullable(),
  rendered_at: TimestampSchema.nullable(),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
  latest_job: RenderJobSchema.nullable().describe('The newest render of this video.'),
};

/** A cached video as operators see it. */
export const VideoSchema = z
  .object(videoShape)
  .meta({ id: 'Video', description: 'A cached video as operators see it.' });

/** See {@link VideoSchema}. */
export type Video = z.infer<typeof VideoSchema>;

const versionMessage = mustBe('a renderer version: up to 100 letters, digits, dots and dashes');

const hashPrefixMessage = mustBe('the first 1 to 64 hexadecimal digits of a hash, in lowercase');

const videoFilters = {
  engine: EngineNameSchema.optional(),
  renderer_version: z
    .string(versionMessage)
    .regex(/^[\w.-]{1,100}$/, versionMessage)
    .optional(),
  friction_id: FrictionIdSchema.optional(),
  created_from: TimestampSchema.optional(),
  created_to: TimestampSchema.optional(),
  hash_prefix: z
    .string(hashPrefixMessage)
    .regex(/^[0-9a-f]{1,64}$/, hashPrefixMessage)
    .optional()
    .describe('The first digits of the hash.'),
};

/** Input of `admin.videos.list`; newest first unless `direction` says otherwise. */
export const ListVideosRequestSchema = request({
  limit: PageLimitSchema,
  cursor: CursorSchema.nullish(),
  direction: DirectionSchema.default('desc').describe('By creation; newest first is desc. (Default: desc)'),
  status: AssetStatusSchema.optional(),
  ...videoFilters,
}).meta({ id: 'ListVideosRequest' });

/** Input of `admin.videos.totals`: the filters of the list but the status. */
export const VideoTotalsRequestSchema = request(videoFilters).meta({ id: 'VideoTotalsRequest' });

/** How many videos a list would show in each status, and what they take in the store. */
export const VideoTotalsSchema = z
  .object({
    videos: z.int().describe('All of them.'),
    by_status: z.object({ MISSING: z.int(), QUEUED: z.int(), READY: z.int(), FAILED: z.int() }),
    stored_bytes: z.int().describe('Bytes of the files of those that are READY, as far as known.'),
  })
  .meta({ id: 'VideoTotals', description: 'How many videos there are in each status, and their size.' });

/** See {@link VideoTotalsSchema}. */
export type VideoTotals = z.infer<typeof VideoTotalsSchema>;

/** One page of videos. */
export const ListVideosResponseSchema = z
  .object({
    items: z.array(VideoSchema),
    next_cursor: z.string().nullable().describe('Null on the last page.'),
  })
  .meta({ id: 'VideoPage', description: 'One page of videos.' });

/** One video with its canonical inputs and the history of its renders, newest first. */
export const VideoDetailSchema = z
  .object({
    ...videoShape,
    canonical_inputs: z.string().nullable().describe('The exact text that is hashed.'),
    jobs: z.array(RenderJobSchema).describe('The last 100 renders of the video, newest first.'),
    determinism: choice(DETERMINISM_VERDICTS).describe(
      'What the newest repeated render gave: the bytes that are stored, or others. UNVERIFIED when there is none.',
    ),
  })
  .meta({
    id: 'VideoDetail',
    description: 'A video with its canonical inputs and the history of its renders.',
  });

/** See {@link VideoDetailSchema}. */
export type VideoDetail = z.infer<typeof VideoDetailSchema>;

/** Input of `admin.videos.progress`. `lastEventId` is what a reconnecting client saw last; it is filled in by the client. */
export const VideoProgressRequestSchema = request({
  hash: VideoHashSchema,
  lastEventId: z
    .string(mustBe('a string'))
    .max(200, mustBe('at most 200 characters long'))
    .nullish()
    .describe('The last event that a reconnecting client saw; the client fills it in.'),
}).meta({ id: 'VideoProgressRequest' });

/** One step of a render's progress. Within a job `frames_done` never goes down; after a failed try it waits where it was. */
export const VideoProgressSchema = z
  .object({
    hash: z.string(),
    status: AssetStatusSchema,
    job_id: UuidSchema.nullable(),
    job_state: RenderJobStateSchema.nullable(),
    frames_done: z.int().describe('Never goes down within a job.'),
    frames_total: z.int(),
    tries: z.int(),
    error_code: z.string().nullable(),
    url: z.string().nullable(),
  })
  .meta({ id: 'VideoProgress', description: "One step of a render's progress." });

/** See {@link VideoProgressSchema}. */
export type VideoProgress = z.infer<typeof VideoProgressSchema>;

/** Answer of `admin.videos.delete`. */
export const DeleteVideoResponseSchema = z
  .object({
    hash: z.string(),
    deleted: z.boolean().describe('False when there was nothing to delete.'),
  })
  .meta({ id: 'DeleteVideoResult', description: 'Whether a video was deleted.' });

/** Answer of `admin.videos.cancel`. */
export const CancelVideoResponseSchema = z
  .object({
    hash: z.string(),
    cancelled: z.boolean().describe('False when there was nothing to cancel.'),
  })
  .meta({ id: 'CancelVideoResult', description: 'Whether a render was cancelled.' });
