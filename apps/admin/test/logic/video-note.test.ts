import type { RenderJob, Video } from '@defrag/client';
import { describe, expect, it } from 'vitest';
import { isActive, isRetryable, noteOf } from '../../src/pages/videos/video-note.ts';

const JOB: RenderJob = {
  id: '00000000-0000-4000-8000-00000000000a',
  friction_id: '00000000-0000-4000-8000-000000000001',
  forced: false,
  state: 'SUCCEEDED',
  tries: 1,
  engine: 'embedded',
  worker: null,
  cancel_requested: false,
  frames_done: 0,
  frames_total: 180,
  error_code: null,
  error_message: null,
  cost_usd: null,
  render_duration_ms: null,
  size_bytes: null,
  content_sha256: null,
  queued_at: '2026-01-31T12:00:00Z',
  started_at: null,
  finished_at: null,
};

const FAILURE = { error_code: 'RENDER_TIMED_OUT', error_message: 'The render took too long' };

function video(status: Video['status'], job: Partial<RenderJob> | null): Video {
  return {
    hash: '0'.repeat(64),
    status,
    url: status === 'READY' ? 'http://127.0.0.1/videos/0.mp4' : null,
    width: 1920,
    height: 1080,
    duration_seconds: 6,
    duration_ms: 6_000,
    fps: 30,
    friction_score: 72,
    pressure_score: 55,
    renderer_version: 'v1-video',
    engine: null,
    size_bytes: null,
    content_sha256: null,
    render_duration_ms: null,
    rendered_at: null,
    created_at: '2026-01-31T12:00:00Z',
    updated_at: '2026-01-31T12:00:00Z',
    latest_job: job && { ...JOB, ...job },
  };
}

describe('the note of a video', () => {
  it('is undefined for a ready video without an active render', () => {
    expect(noteOf(video('READY', {}))).toBeUndefined();
    expect(noteOf(video('READY', null))).toBeUndefined();
    expect(noteOf(video('READY', { forced: true, state: 'CANCELLED' }))).toBeUndefined();
  });

  it.each<[string, Video, boolean]>([
    ['Waiting for a worker', video('QUEUED', { state: 'QUEUED' }), false],
    [
      'Waiting to retry. The render took too long (RENDER_TIMED_OUT)',
      video('QUEUED', { state: 'QUEUED', ...FAILURE }),
      true,
    ],
    ['Frame 45 of 180', video('QUEUED', { state: 'RENDERING', frames_done: 45 }), false],
    ['Cancelling', video('QUEUED', { state: 'RENDERING', cancel_requested: true }), false],
    ['Frame 45 of 180', video('READY', { state: 'RENDERING', forced: true, frames_done: 45 }), false],
    [
      'The verification failed. The render took too long (RENDER_TIMED_OUT)',
      video('READY', { state: 'FAILED', forced: true, ...FAILURE }),
      true,
    ],
    ['The render took too long (RENDER_TIMED_OUT)', video('FAILED', { state: 'FAILED', ...FAILURE }), true],
    ['The render failed.', video('FAILED', null), true],
    ['The render was cancelled.', video('MISSING', { state: 'CANCELLED' }), false],
    ['The file is missing from the store.', video('MISSING', { state: 'SUCCEEDED' }), false],
    ['Not rendered yet.', video('MISSING', null), false],
  ])('is "%s"', (text, subject, isFailure) => {
    expect(noteOf(subject)).toMatchObject({ text, isFailure });
  });

  it('has the progress of a render that has started, and of no other', () => {
    expect(noteOf(video('QUEUED', { state: 'RENDERING', frames_done: 45 }))?.doneShare).toBe(0.25);
    expect(noteOf(video('QUEUED', { state: 'RENDERING', frames_total: 0 }))?.doneShare).toBe(0);
    expect(noteOf(video('QUEUED', { state: 'QUEUED' }))?.doneShare).toBeUndefined();
  });
});

describe('the actions for a video', () => {
  it('offer a retry when it has no file, no active render and at least one earlier render', () => {
    expect(isRetryable(video('FAILED', { state: 'FAILED' }))).toBe(true);
    expect(isRetryable(video('MISSING', { state: 'CANCELLED' }))).toBe(true);
    expect(isRetryable(video('MISSING', null))).toBe(false);
    expect(isRetryable(video('QUEUED', { state: 'RENDERING' }))).toBe(false);
    expect(isRetryable(video('READY', {}))).toBe(false);
  });

  it('offer to cancel a queued or running render, also a verification', () => {
    expect(isActive(video('QUEUED', { state: 'QUEUED' }))).toBe(true);
    expect(isActive(video('READY', { state: 'RENDERING', forced: true }))).toBe(true);
    expect(isActive(video('READY', {}))).toBe(false);
  });
});
