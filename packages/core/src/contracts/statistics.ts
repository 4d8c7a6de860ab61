import { z } from 'zod';
import { choice, integer, request, wholeNumber } from './builders.ts';
import {
  CachedHashSchema,
  EngineNameSchema,
  FrictionIdSchema,
  RendererVersionSchema,
  RenderJobStateSchema,
  TimestampSchema,
  UuidSchema,
} from './primitives.ts';

export const StatisticsRequestSchema = request({
  window_hours: wholeNumber(1, 720)
    .default(24)
    .describe('Number of past hours whose renders and requests are counted. (Default: 24)'),
}).meta({ id: 'StatisticsRequest' });

const WorkerSchema = z
  .object({
    name: z.string().meta({
      description: 'Host and process id, as in the `worker` of a render.',
      example: 'render-1:4711',
    }),
    host: z.string().meta({ example: 'render-1' }),
    pid: integer(4_711),
    engine: EngineNameSchema.nullable(),
    renderer_version: RendererVersionSchema,
    concurrency: integer(2, 'Maximum number of renders at once.'),
    rendering: integer(2, 'Number of renders now.'),
    started_at: TimestampSchema,
    last_seen_at: TimestampSchema,
    alive: z
      .boolean()
      .meta({ description: 'Whether it sent a heartbeat in the last 30 seconds.', example: true }),
  })
  .meta({ id: 'Worker', description: 'A process that renders.' });

const RequestHourSchema = z
  .object({
    hour: TimestampSchema.describe('Start of the hour.'),
    hits: integer(90),
    misses: integer(10),
    forced: integer(1),
  })
  .meta({ id: 'RequestHour', description: 'Requests for videos within one hour.' });

const RenderErrorSchema = z
  .object({
    job_id: UuidSchema,
    hash: CachedHashSchema,
    friction_id: FrictionIdSchema,
    state: RenderJobStateSchema.meta({
      description: 'FAILED, or QUEUED or RENDERING if another try follows.',
      example: 'FAILED',
    }),
    tries: integer(3),
    error_code: z.string().meta({ example: 'RENDER_TIMED_OUT' }),
    error_message: z.string().nullable().meta({ example: 'The render timed out.' }),
    at: TimestampSchema,
  })
  .meta({ id: 'RenderError', description: 'A render that failed, finally or until its next try.' });

const { hits, misses, forced } = RequestHourSchema.shape;

export const StatisticsSchema = z
  .object({
    engine: EngineNameSchema.describe('The engine that this API process is configured with.'),
    store: choice(['filesystem', 's3']),
    database: choice(['embedded', 'postgres']).meta({ example: 'postgres' }),
    renderer_version: RendererVersionSchema,
    node_version: z.string().meta({ example: 'v24.18.1' }),
    measured_at: TimestampSchema,
    window_hours: integer(1),
    queue: z.object({
      queued: integer(4, 'Renders that wait, including those that will be retried.'),
      retrying: integer(1, 'Those of them that failed at least once.'),
      rendering: integer(2),
      oldest_queued_at: TimestampSchema.nullable(),
    }),
    ended: z
      .object({
        succeeded: integer(100),
        failed: integer(1),
        cancelled: z.int(),
      })
      .describe('Renders that ended within the window.'),
    workers: z.array(WorkerSchema).describe('Workers seen within a day, newest first.'),
    render_time: z
      .object({
        renders: integer(100),
        p50_ms: z.number().nullable().meta({ example: 3_900 }),
        p95_ms: z.number().nullable().meta({ example: 4_800 }),
        p99_ms: z.number().nullable().meta({ example: 6_100.5 }),
      })
      .describe('Percentiles of the renders that succeeded within the window; null if there are none.'),
    requests: z
      .object({
        hits: hits.describe('Answered from the cache.'),
        misses: misses.describe('Started or joined a render.'),
        forced: forced.describe('Forced a render; not part of the hit rate.'),
        hit_rate: z
          .number()
          .nullable()
          .meta({ description: 'hits / (hits + misses), 0..1; null if there are none.', example: 0.9 }),
        hours: z.array(RequestHourSchema).describe('Every hour of the window, oldest first.'),
      })
      .describe('Requests for videos within the window, without those of backfills.'),
    last_errors: z.array(RenderErrorSchema).describe('The last 20, newest first.'),
    storage: z.object({
      videos: integer(150, 'Videos that are READY.'),
      bytes: integer(825_000_000, 'Size of their files in bytes, as far as known.'),
    }),
    friction_events: integer(1_200),
  })
  .meta({ id: 'Statistics', description: 'The state of the system.' });
