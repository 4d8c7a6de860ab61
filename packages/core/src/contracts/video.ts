import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { mustBe } from '../must-be.ts';
import { choice, page, request } from './builders.ts';
import { EXAMPLE_VIDEO } from './example.ts';
import {
  AssetStatusSchema,
  CachedHashSchema,
  ContentSha256Schema,
  CursorSchema,
  DirectionSchema,
  EngineNameSchema,
  FrictionIdSchema,
  PageLimitSchema,
  RendererVersionSchema,
  RenderJobStateSchema,
  TimestampSchema,
  UuidSchema,
  VideoUrlSchema,
} from './primitives.ts';
import { DETERMINISM_VERDICTS } from './statuses.ts';

export const RenderJobSchema = z
  .object({
    id: UuidSchema,
    friction_id: FrictionIdSchema,
    forced: z.boolean().describe('True if the render was requested although the video was cached.'),
    state: RenderJobStateSchema,
    tries: z.int().meta({ description: 'Number of tries so far.', example: 1 }),
    engine: EngineNameSchema.nullable(),
    worker: z.string().nullable().meta({
      description: 'Host and process id of the worker of the current or last try.',
      example: 'render-1:4711',
    }),
    cancel_requested: z.boolean().describe('True once requested; the worker stops shortly after.'),
    frames_done: z.int().meta({ example: 180 }),
    frames_total: z.int().meta({ example: 180 }),
    error_code: z.string().nullable(),
    error_message: z.string().nullable(),
    render_duration_ms: z.int().nullable().meta({ example: 3_900 }),
    size_bytes: z.int().nullable().meta({ example: 5_500_000 }),
    content_sha256: ContentSha256Schema.nullable(),
    cost_usd: z
      .number()
      .nullable()
      .describe('Cost of all tries in US dollars, as Remotion estimates it; null for engines without costs.'),
    queued_at: TimestampSchema,
    started_at: TimestampSchema.nullable(),
    finished_at: TimestampSchema.nullable(),
  })
  .meta({ id: 'RenderJob', description: 'One requested render of a video, with all its tries.' });

const videoShape = {
  hash: CachedHashSchema,
  status: AssetStatusSchema,
  url: VideoUrlSchema.nullable().describe('Null until READY.'),
  width: z.int().nullable().meta({ description: 'Pixels.', example: 1_920 }),
  height: z.int().nullable().meta({ description: 'Pixels.', example: 1_080 }),
  duration_seconds: z.int().nullable().meta({ description: 'Rounded to whole seconds.', example: 6 }),
  duration_ms: z.int().nullable().meta({
    description: 'The exact length. Null, like the other inputs, if another system made the video.',
    example: 6_000,
  }),
  fps: z.int().nullable().meta({ example: 30 }),
  friction_score: z.int().nullable().meta({ example: 72 }),
  pressure_score: z.int().nullable().meta({ example: 55 }),
  renderer_version: RendererVersionSchema.nullable(),
  engine: EngineNameSchema.nullable().describe('The engine that made the file.'),
  size_bytes: z.int().nullable().meta({ example: 5_500_000 }),
  content_sha256: ContentSha256Schema.nullable().describe(
    'SHA-256 of the file; repeated renders are compared with it.',
  ),
  render_duration_ms: z.int().nullable().meta({ example: 3_900 }),
  rendered_at: TimestampSchema.nullable(),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
  latest_job: RenderJobSchema.nullable().describe('The newest render of this video.'),
};

export const VideoSchema = z
  .object(videoShape)
  .meta({ id: 'Video', description: 'A cached video, for operators.' });

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

export const ListVideosRequestSchema = request({
  limit: PageLimitSchema,
  cursor: CursorSchema.nullish(),
  direction: DirectionSchema.default('desc').describe('By creation; desc is newest first. (Default: desc)'),
  status: AssetStatusSchema.optional(),
  ...videoFilters,
}).meta({ id: 'ListVideosRequest' });

/** Input of `admin.videos.totals`: the filters of the list without the status. */
export const VideoTotalsRequestSchema = request(videoFilters).meta({ id: 'VideoTotalsRequest' });

export const VideoTotalsSchema = z
  .object({
    videos: z.int().meta({ description: 'All of them.', example: 160 }),
    by_status: z
      .object({ MISSING: z.int(), QUEUED: z.int(), READY: z.int(), FAILED: z.int() })
      .meta({ example: { MISSING: 2, QUEUED: 5, READY: 150, FAILED: 3 } }),
    stored_bytes: z.int().meta({
      description: 'Size in bytes of the files of the READY videos, as far as known.',
      example: 825_000_000,
    }),
  })
  .meta({ id: 'VideoTotals', description: 'Number of videos by status, and their size.' });

export const ListVideosResponseSchema = page(VideoSchema).meta({
  id: 'VideoPage',
  description: 'One page of videos.',
});

export const VideoDetailSchema = z
  .object({
    ...videoShape,
    canonical_inputs: z.string().nullable().meta({
      description: 'The exact text that the hash is made from.',
      example: EXAMPLE_VIDEO.canonicalInputs,
    }),
    jobs: z.array(RenderJobSchema).describe('The last 100 renders of the video, newest first.'),
    determinism: choice(DETERMINISM_VERDICTS).describe(
      'Whether the newest repeated render gave the stored bytes or others. UNVERIFIED if there is none.',
    ),
  })
  .meta({ id: 'VideoDetail', description: 'A video with its canonical inputs and its render history.' });

/** Input of `admin.videos.progress`. */
export const VideoProgressRequestSchema = request({
  hash: VideoHashSchema,
  lastEventId: z
    .string(mustBe('a string'))
    .max(200, mustBe('at most 200 characters long'))
    .nullish()
    .describe('The last event that a reconnecting client received; the client fills it in.'),
}).meta({ id: 'VideoProgressRequest' });

/** One item of a progress stream. After a failed try `frames_done` keeps its value until the next try passes it. */
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
  .meta({ id: 'VideoProgress', description: 'The progress of a render at one moment.' });
export type VideoProgress = z.infer<typeof VideoProgressSchema>;

export const DeleteVideoResponseSchema = z
  .object({
    hash: CachedHashSchema,
    deleted: z.boolean().meta({ description: 'False if there was nothing to delete.', example: true }),
  })
  .meta({ id: 'DeleteVideoResult', description: 'Whether a video was deleted.' });

export const CancelVideoResponseSchema = z
  .object({
    hash: CachedHashSchema,
    cancelled: z.boolean().meta({ description: 'False if there was nothing to cancel.', example: true }),
  })
  .meta({ id: 'CancelVideoResult', description: 'Whether a render was cancelled.' });
