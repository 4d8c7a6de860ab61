import { RENDERER_VERSION, videoInputs } from '@defrag/core';
import { createSystemExamples } from './system-examples.ts';

const INPUTS = videoInputs({ frictionScore: 72, pressureScore: 55, seed: 'demo-seed-1' });
const HASH = INPUTS.hash;
const CONTENT_SHA256 = '0b1c0c54a4c1a5e5c0f4a4d1bd2e3f0f2b0a7f3f0f6f0c8d6f6a3b9b5f1d2c3e';
const FRICTION_ID = '00000000-0000-4000-8000-000000000001';
const JOB_ID = '5b0d1c2e-5f8a-4c3b-9a57-2d1f0f6f7a10';
const RENDERED_AT = '2026-01-31T12:00:04.000Z';

/** Examples of an operation, by its id. The tests check each one against the schema it stands beside. */
export function createExamples(publicBaseUrl: string) {
  const url = `${publicBaseUrl}/${INPUTS.key}`;
  const job = {
    id: JOB_ID,
    friction_id: FRICTION_ID,
    forced: false,
    state: 'SUCCEEDED',
    tries: 1,
    engine: 'embedded',
    worker: 'render-1:4711',
    cancel_requested: false,
    frames_done: 180,
    frames_total: 180,
    error_code: null,
    error_message: null,
    render_duration_ms: 3_900,
    size_bytes: 5_500_000,
    content_sha256: CONTENT_SHA256,
    cost_usd: null,
    queued_at: '2026-01-31T12:00:00.000Z',
    started_at: '2026-01-31T12:00:00.100Z',
    finished_at: RENDERED_AT,
  };
  const video = {
    hash: HASH,
    status: 'READY',
    url,
    width: 1_920,
    height: 1_080,
    duration_seconds: 6,
    duration_ms: 6_000,
    fps: 30,
    friction_score: INPUTS.frictionScore,
    pressure_score: INPUTS.pressureScore,
    renderer_version: RENDERER_VERSION,
    engine: 'embedded',
    size_bytes: 5_500_000,
    content_sha256: CONTENT_SHA256,
    render_duration_ms: 3_900,
    rendered_at: RENDERED_AT,
    created_at: '2026-01-31T12:00:00.000Z',
    updated_at: RENDERED_AT,
    latest_job: job,
  };
  const frictionEvent = {
    id: FRICTION_ID,
    user_id: '11111111-1111-4111-8111-111111111111',
    connection_id: '22222222-2222-4222-8222-222222222222',
    event_date: '2026-01-30',
    engine_version: 'v3',
    friction_score: INPUTS.frictionScore,
    pressure_score: INPUTS.pressureScore,
    friction_delta: 4,
    primary_gate: 'NONE',
    fidelity_bucket: 'HIGH',
    asset_hash: 'demo-asset-1',
    provenance_hash: INPUTS.seed,
    created_at: '2026-01-30T08:00:00.000Z',
    updated_at: '2026-01-30T08:00:00.000Z',
    video: { hash: HASH, status: 'READY', url },
  };
  const detail = {
    ...video,
    canonical_inputs: INPUTS.canonical,
    jobs: [job],
    determinism: 'UNVERIFIED',
  };
  const queued = { url, status: 'QUEUED', hash: HASH };
  return {
    renderVideo: { request: { friction_id: FRICTION_ID }, 200: { ...queued, status: 'READY' }, 202: queued },
    retryVideo: { 200: { ...queued, status: 'READY' }, 202: queued },
    cancelVideo: { 200: { hash: HASH, cancelled: true } },
    listVideos: { 200: { items: [video], next_cursor: null } },
    getVideo: { 200: detail },
    ...createSystemExamples({ frictionId: FRICTION_ID, hash: HASH, url, jobId: JOB_ID }),
    listFrictionEvents: { 200: { items: [frictionEvent], next_cursor: null } },
    getFrictionEvent: {
      200: {
        ...frictionEvent,
        canonical_inputs: INPUTS.canonical,
        renderer_version: RENDERER_VERSION,
        duration_ms: INPUTS.durationMs,
        frames: 180,
        cached_video: detail,
      },
    },
    getAsset: {
      200: {
        hash: HASH,
        type: 'VIDEO',
        status: 'READY',
        url,
        width: 1_920,
        height: 1_080,
        duration_seconds: 6,
        updated_at: RENDERED_AT,
      },
    },
  } as const;
}
