import { z } from 'zod';
import { VideoHashSchema } from '../inputs/video-hash.ts';
import { mustBe } from '../must-be.ts';
import { assetShape } from './asset.ts';
import { choice, integer, page, request, text } from './builders.ts';
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
} from './primitives.ts';
import { DETERMINISM_VERDICTS } from './statuses.ts';

export const RenderJobSchema = z
  .object({
    id: UuidSchema,
    friction_id: FrictionIdSchema,
    forced: z.boolean().describe('True if the render was requested although the video was cached.'),
    state: RenderJobStateSchema,
    tries: integer(1, 'Number of tries so far.'),
    engine: EngineNameSchema.nullable(),
    worker: z.string().nullable().meta({
      description: 'Host and process id of the worker of the current or last try.',
      example: 'render-1:4711',
    }),
    cancel_requested: z.boolean().describe('True once requested; the worker stops shortly after.'),
    frames_done: integer(180),
    frames_total: integer(180),
    error_code: z.string().nullable(),
    error_message: z.string().nullable(),
    render_duration_ms: integer(3_900).nullable(),
    size_bytes: integer(5_500_000).nullable(),
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
  ...assetShape,
  duration_ms: integer(
    6_000,
    'The exact length. Null, like the other inputs, if another system made the video.',
  ).nullable(),
  fps: integer(30).nullable(),
  friction_score: integer(72).nullable(),
  pressure_score: integer(55).nullable(),
  renderer_version: RendererVersionSchema.nullable(),
  engine: EngineNameSchema.nullable().describe('The engine that made the file.'),
  size_bytes: integer(5_500_000).nullable(),
  content_sha256: ContentSha256Schema.nullable().describe(
    'SHA-256 of the file; repeated renders are compared with it.',
  ),
  render_duration_ms: integer(3_900).nullable(),
  rendered_at: TimestampSchema.nullable(),
  created_at: TimestampSchema,
  latest_job: RenderJobSchema.nullable().describe('The newest render of this video.'),
};

export const VideoSchema = z
  .object(videoShape)
  .meta({ id: 'Video', description: 'A cached video, for operators.' });

const videoFilters = {
  engine: EngineNameSchema.optional(),
  renderer_version: text(
    /^[\w.-]{1,100}$/,
    'a renderer version: up to 100 letters, digits, dots and dashes',
  ).optional(),
  friction_id: FrictionIdSchema.optional(),
  created_from: TimestampSchema.optional(),
  created_to: TimestampSchema.optional(),
  hash_prefix: text(/^[0-9a-f]{1,64}$/, 'the first 1 to 64 hexadecimal digits of a hash, in lowercase')
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

export const VideoTotalsRequestSchema = request(videoFilters).meta({ id: 'VideoTotalsRequest' });

export const VideoTotalsSchema = z
  .object({
    videos: integer(160, 'All of them.'),
    by_status: z
      .object({ MISSING: z.int(), QUEUED: z.int(), READY: z.int(), FAILED: z.int() })
      .meta({ example: { MISSING: 2, QUEUED: 5, READY: 150, FAILED: 3 } }),
    stored_bytes: integer(825_000_000, 'Size in bytes of the files of the READY videos, as far as known.'),
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
