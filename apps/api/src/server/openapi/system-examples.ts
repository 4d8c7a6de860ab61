import { RENDERER_VERSION } from '@defrag/core';

const BACKFILL_ID = '7c1e0b52-3c0f-4f0e-8d1a-0a6f5b0c9d21';
const STARTED_AT = '2026-01-31T12:00:00.000Z';
const LATER = '2026-01-31T12:05:00.000Z';

/** Examples of the operations on many videos and on the system, by their ids. */
export function createSystemExamples(video: {
  frictionId: string;
  hash: string;
  url: string;
  jobId: string;
}) {
  const { frictionId, hash, url, jobId } = video;
  const backfill = {
    id: BACKFILL_ID,
    state: 'RUNNING',
    renderer_version: RENDERER_VERSION,
    duration_ms: 6_000,
    concurrency: 2,
    events: 1_200,
    videos: 1_150,
    ready_before: 150,
    total: 1_000,
    waiting: 897,
    under_way: 2,
    succeeded: 100,
    failed: 1,
    cancelled: 0,
    skipped: 0,
    created_at: STARTED_AT,
    updated_at: STARTED_AT,
    finished_at: null,
  };
  return {
    getVideoTotals: {
      200: {
        videos: 160,
        by_status: { MISSING: 2, QUEUED: 5, READY: 150, FAILED: 3 },
        stored_bytes: 825_000_000,
      },
    },
    deleteVideo: { 200: { hash, deleted: true } },
    renderVideos: {
      request: { friction_ids: [frictionId] },
      200: {
        results: [
          { friction_id: frictionId, status: 'QUEUED', hash, url, error_code: null, error_message: null },
        ],
        ready: 0,
        queued: 1,
        refused: 0,
      },
    },
    getStatistics: {
      200: {
        engine: 'embedded',
        store: 'filesystem',
        database: 'postgres',
        renderer_version: RENDERER_VERSION,
        node_version: 'v24.18.1',
        measured_at: LATER,
        window_hours: 1,
        queue: { queued: 4, retrying: 1, rendering: 2, oldest_queued_at: STARTED_AT },
        ended: { succeeded: 100, failed: 1, cancelled: 0 },
        workers: [
          {
            name: 'render-1:4711',
            host: 'render-1',
            pid: 4_711,
            engine: 'embedded',
            renderer_version: RENDERER_VERSION,
            concurrency: 2,
            rendering: 2,
            started_at: STARTED_AT,
            last_seen_at: LATER,
            alive: true,
          },
        ],
        render_time: { renders: 100, p50_ms: 3_900, p95_ms: 4_800, p99_ms: 6_100.5 },
        requests: {
          hits: 90,
          misses: 10,
          forced: 1,
          hit_rate: 0.9,
          hours: [{ hour: STARTED_AT, hits: 90, misses: 10, forced: 1 }],
        },
        last_errors: [
          {
            job_id: jobId,
            hash,
            friction_id: frictionId,
            state: 'FAILED',
            tries: 3,
            error_code: 'RENDER_TIMED_OUT',
            error_message: 'The render took too long.',
            at: LATER,
          },
        ],
        storage: { videos: 150, bytes: 825_000_000 },
        friction_events: 1_200,
      },
    },
    planBackfill: {
      200: {
        renderer_version: RENDERER_VERSION,
        duration_ms: 6_000,
        events: 1_200,
        videos: 1_150,
        ready: 150,
        under_way: 5,
        to_render: 1_000,
      },
    },
    startBackfill: { request: { concurrency: 2 }, 200: backfill },
    listBackfills: { 200: { items: [backfill] } },
    getBackfill: { 200: backfill },
    pauseBackfill: { 200: { ...backfill, state: 'PAUSED' } },
    resumeBackfill: { 200: backfill },
    cancelBackfill: { 200: { ...backfill, state: 'CANCELLED', finished_at: LATER } },
  } as const;
}
