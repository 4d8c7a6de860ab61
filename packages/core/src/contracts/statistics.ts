import { z } from 'zod';
import { mustBe } from '../must-be.ts';
import { choice, request } from './builders.ts';
import { EngineNameSchema, RenderJobStateSchema, TimestampSchema, UuidSchema } from './primitives.ts';

const windowMessage = mustBe('a whole number from 1 to 720');

/** Input of `admin.stats`. */
export const StatisticsRequestSchema = request({
  window_hours: z
    .int(windowMessage)
    .min(1, windowMessage)
    .max(720, windowMessage)
    .default(24)
    .describe('Hours back from now that renders and requests are counted for. (Default: 24)'),
}).meta({ id: 'StatisticsRequest' });

const WorkerSchema = z
  .object({
    name: z.string().describe('Host and process id, as `worker` of a render names it.'),
    host: z.string(),
    pid: z.int(),
    engine: EngineNameSchema.nullable(),
    renderer_version: z.string(),
    concurrency: z.int().describe('Renders that it works on at the same time.'),
    rendering: z.int().describe('Renders that it works on now.'),
    started_at: TimestampSchema,
    last_seen_at: TimestampSchema,
    alive: z.boolean().describe('Whether it was heard of within the last 30 seconds.'),
  })
  .meta({ id: 'Worker', description: 'A process that renders.' });

const RequestHourSchema = z
  .object({
    hour: TimestampSchema.describe('When the hour began.'),
    hits: z.int(),
    misses: z.int(),
    forced: z.int(),
  })
  .meta({ id: 'RequestHour', description: 'Requests for videos within one hour.' });

const RenderErrorSchema = z
  .object({
    job_id: UuidSchema,
    hash: z.string(),
    friction_id: UuidSchema,
    state: RenderJobStateSchema.describe('FAILED, or QUEUED or RENDERING where another try is under way.'),
    tries: z.int(),
    error_code: z.string(),
    error_message: z.string().nullable(),
    at: TimestampSchema,
  })
  .meta({ id: 'RenderError', description: 'A render that failed, for good or until its next try.' });

/** How the system does. */
export const StatisticsSchema = z
  .object({
    engine: EngineNameSchema.describe('What this API process is set to render with.'),
    store: choice(['filesystem', 's3']),
    database: choice(['embedded', 'postgres']),
    renderer_version: z.string(),
    node_version: z.string(),
    measured_at: TimestampSchema,
    window_hours: z.int(),
    queue: z.object({
      queued: z.int().describe('Renders that wait, those for another try included.'),
      retrying: z.int().describe('Of them, those that have failed once or more.'),
      rendering: z.int(),
      oldest_queued_at: TimestampSchema.nullable(),
    }),
    ended: z
      .object({ succeeded: z.int(), failed: z.int(), cancelled: z.int() })
      .describe('Renders that ended within the window.'),
    workers: z.array(WorkerSchema).describe('Those heard of within a day, the newest first.'),
    render_time: z
      .object({
        renders: z.int(),
        p50_ms: z.number().nullable(),
        p95_ms: z.number().nullable(),
        p99_ms: z.number().nullable(),
      })
      .describe('Percentiles of the renders that succeeded within the window; null without any.'),
    requests: z
      .object({
        hits: z.int().describe('Answered from the cache.'),
        misses: z.int().describe('A render was begun or joined.'),
        forced: z.int().describe('A render was asked for whatever the cache holds; no part of the rate.'),
        hit_rate: z.number().nullable().describe('hits / (hits + misses), 0..1; null without any.'),
        hours: z.array(RequestHourSchema).describe('Every hour of the window, the oldest first.'),
      })
      .describe('Requests for videos within the window; those of backfills are not counted.'),
    last_errors: z.array(RenderErrorSchema).describe('The last 20, the newest first.'),
    storage: z.object({
      videos: z.int().describe('Videos that are READY.'),
      bytes: z.int().describe('Bytes of their files, as far as known.'),
    }),
    friction_events: z.int(),
  })
  .meta({ id: 'Statistics', description: 'How the system does.' });

/** See {@link StatisticsSchema}. */
export type Statistics = z.infer<typeof StatisticsSchema>;
