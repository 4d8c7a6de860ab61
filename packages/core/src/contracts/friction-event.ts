import { z } from 'zod';
import { ScoreSchema } from '../inputs/video-inputs.ts';
import { mustBe } from '../must-be.ts';
import { assetShape } from './asset.ts';
import { choice, integer, page, request } from './builders.ts';
import { EXAMPLE_VIDEO } from './example.ts';
import {
  AssetStatusSchema,
  CursorSchema,
  DateSchema,
  DirectionSchema,
  FidelityBucketSchema,
  FrictionIdSchema,
  PageLimitSchema,
  RendererVersionSchema,
  TimestampSchema,
  UuidSchema,
  VideoDurationSchema,
} from './primitives.ts';
import { VideoDetailSchema } from './video.ts';

const FrictionEventVideoSchema = z
  .object({
    hash: assetShape.hash,
    status: AssetStatusSchema.describe('MISSING if the video was never requested.'),
    url: assetShape.url,
  })
  .meta({ id: 'FrictionEventVideo', description: 'Status of the video of a friction event.' });

const frictionEventShape = {
  id: FrictionIdSchema,
  user_id: UuidSchema,
  connection_id: UuidSchema,
  event_date: DateSchema,
  engine_version: z.string().meta({ example: 'v3' }),
  friction_score: ScoreSchema.meta({ example: 72 }),
  pressure_score: ScoreSchema.meta({ example: 55 }),
  friction_delta: integer(4).nullable(),
  primary_gate: z.string().meta({ example: 'NONE' }),
  fidelity_bucket: FidelityBucketSchema,
  asset_hash: z.string().meta({ example: 'demo-asset-1' }),
  provenance_hash: z.string().meta({
    description: "The seed of the event's motion.",
    example: EXAMPLE_VIDEO.seed,
  }),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
  video: FrictionEventVideoSchema.describe(
    'The video of the requested duration for the current renderer version.',
  ),
};

export const FrictionEventSchema = z
  .object(frictionEventShape)
  .meta({ id: 'FrictionEvent', description: 'A friction event, for operators.' });

const videoDurationMs = VideoDurationSchema.describe(
  'Length in milliseconds of the video that `video` and `video_status` refer to. (Default: 6000)',
);

const idPrefixMessage = mustBe('the first 1 to 36 characters of a UUID');

/** All bounds are inclusive. */
export const ListFrictionEventsRequestSchema = request({
  limit: PageLimitSchema,
  cursor: CursorSchema.nullish(),
  sort: choice(['event_date', 'created_at', 'friction_score', 'pressure_score', 'video_status'])
    .default('event_date')
    .describe(
      'video_status sorts as MISSING, QUEUED, READY, FAILED, then by event date. (Default: event_date)',
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
    .describe('The first characters of the id; dashes are ignored.'),
  duration_ms: videoDurationMs,
}).meta({ id: 'ListFrictionEventsRequest' });

export const ListFrictionEventsResponseSchema = page(FrictionEventSchema).meta({
  id: 'FrictionEventPage',
  description: 'One page of friction events.',
});

export const FrictionEventByIdRequestSchema = request({
  friction_id: FrictionIdSchema,
  duration_ms: videoDurationMs,
}).meta({ id: 'FrictionEventByIdRequest' });

export const FrictionEventDetailSchema = z
  .object({
    ...frictionEventShape,
    canonical_inputs: z.string().meta({
      description: 'The exact text that the hash of the video is made from.',
      example: EXAMPLE_VIDEO.canonicalInputs,
    }),
    renderer_version: RendererVersionSchema,
    duration_ms: integer(6_000, 'Length of the video.'),
    frames: integer(180, 'Number of frames of the video.'),
    cached_video: VideoDetailSchema.nullable().describe(
      'The video with its render history; null if it was never requested.',
    ),
  })
  .meta({
    id: 'FrictionEventDetail',
    description: 'A friction event with the canonical inputs of its video.',
  });
