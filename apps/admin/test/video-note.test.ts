import type { RenderJob, Video } from '@defrag/client';
import { describe, expect, it } from 'vitest';
import { isRetryable, isUnderWay, noteOf } from '../src/pages/videos/video-note.ts';

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

describe('what is said of a video', () => {
  it('is nothing where it is there and nothing is going on', () => {
    expect(noteOf(video('READY', {}))).toBeUndefined();
    expect(noteOf(video('READY', null))).toBeUndefined();
    expect(noteOf(video('READY', { forced: true, state: 'CANCELLED' }))).toBeUndefined();
  });

  it.each<[string, Video, boolean]>([
    ['Waits for a worker', video('QUEUED', { state: 'QUEUED' }), false],
    [
      'Waits for another try. The render took too long (RENDER_TIMED_OUT)',
      video('QUEUED', { state: 'QUEUED', ...FAILURE }),
      true,
    ],
    ['Frame 45 of 180', video('QUEUED', { state: 'RENDERING', frames_done: 45 }), false],
    ['Is being cancelled', video('QUEUED', { state: 'RENDERING', cancel_requested: true }), false],
    ['Frame 45 of 180', video('READY', { state: 'RENDERING', forced: true, frames_done: 45 }), false],
    [
      'The repeated render failed. The render took too long (RENDER_TIMED_OUT)',
      video('READY', { state: 'FAILED', forced: true, ...FAILURE }),
      true,
    ],
    ['The render took too long (RENDER_TIMED_OUT)', video('FAILED', { state: 'FAILED', ...FAILURE }), true],
    ['The render failed.', video('FAILED', null), true],
    ['The render was cancelled.', video('MISSING', { state: 'CANCELLED' }), false],
    ['The file is gone from the store.', video('MISSING', { state: 'SUCCEEDED' }), false],
    ['It was never rendered.', video('MISSING', null), false],
  ])('is "%s"', (text, subject, isFailure) => {
    expect(noteOf(subject)).toMatchObject({ text, isFailure });
  });

  it('has the share that is done of a render that has begun, and of no other', () => {
    expect(noteOf(video('QUEUED', { state: 'RENDERING', frames_done: 45 }))?.doneShare).toBe(0.25);
    expect(noteOf(video('QUEUED', { state: 'RENDERING', frames_total: 0 }))?.doneShare).toBe(0);
    expect(noteOf(video('QUEUED', { state: 'QUEUED' }))?.doneShare).toBeUndefined();
  });
});

describe('what can be done to a video', () => {
  it('is to retry it where it has no file and nobody is at it, and a render of it is known', () => {
    expect(isRetryable(video('FAILED', { state: 'FAILED' }))).toBe(true);
    expect(isRetryable(video('MISSING', { state: 'CANCELLED' }))).toBe(true);
    expect(isRetryable(video('MISSING', null))).toBe(false);
    expect(isRetryable(video('QUEUED', { state: 'RENDERING' }))).toBe(false);
    expect(isRetryable(video('READY', {}))).toBe(false);
  });

  it('is to cancel it while a render is queued or under way, also a repeated one', () => {
    expect(isUnderWay(video('QUEUED', { state: 'QUEUED' }))).toBe(true);
    expect(isUnderWay(video('READY', { state: 'RENDERING', forced: true }))).toBe(true);
    expect(isUnderWay(video('READY', {}))).toBe(false);
  });
});
