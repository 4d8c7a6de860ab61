import { type AssetStatus, VIDEO_FORMAT } from '@defrag/core';
import { findVideo, listRenderJobs, type RenderJobRow, type VideoRow } from '@defrag/db';
import type { Services } from '../../pipeline/services.ts';
import type { VideoStore } from '../../store/store.ts';
import { engineName, toWire } from '../wire.ts';

const MAX_JOBS = 100;

function renderJobDto(job: RenderJobRow) {
  return {
    ...toWire(job),
    engine: engineName(job.engine),
    cancel_requested: job.cancelRequestedAt !== null,
  };
}

export async function videoDto(store: VideoStore, { details, latestJob, ...video }: VideoRow) {
  return {
    ...toWire(video),
    url: await videoUrl(store, { ...video, objectKey: details?.objectKey ?? null }),
    duration_ms: details?.durationMs ?? null,
    fps: details === null ? null : VIDEO_FORMAT.fps,
    friction_score: details?.frictionScore ?? null,
    pressure_score: details?.pressureScore ?? null,
    renderer_version: details?.rendererVersion ?? null,
    engine: engineName(details?.engine ?? null),
    size_bytes: details?.sizeBytes ?? null,
    content_sha256: details?.contentSha256 ?? null,
    render_duration_ms: details?.renderDurationMs ?? null,
    rendered_at: details?.renderedAt?.toISOString() ?? null,
    latest_job: latestJob && renderJobDto(latestJob),
  };
}

/** A video with its canonical inputs and render history, or undefined if it was never requested. */
export async function readVideoDetail({ database, store }: Services, hash: string) {
  const video = await findVideo(database.orm, hash);
  if (video === undefined) return undefined;
  const jobs = await listRenderJobs(database.orm, hash, MAX_JOBS);
  return {
    ...(await videoDto(store, video)),
    canonical_inputs: video.canonical,
    jobs: jobs.map(renderJobDto),
    determinism: determinismOf(jobs),
  };
}

/**
 * What repeated renders have shown. The newest render that can be compared with an earlier one decides.
 *
 * @param jobs the newest first
 */
function determinismOf(jobs: readonly RenderJobRow[]): 'UNVERIFIED' | 'IDENTICAL' | 'DIFFERENT' {
  for (const [index, job] of jobs.entries()) {
    if (job.state === 'FAILED' && job.errorCode === 'RENDER_NOT_DETERMINISTIC') return 'DIFFERENT';
    // A render whose bytes differ from an earlier one by the same engine fails, so equal digests mean a repeated render.
    const isRepeated = jobs
      .slice(index + 1)
      .some(({ engine, contentSha256 }) => contentSha256 === job.contentSha256 && engine === job.engine);
    if (job.state === 'SUCCEEDED' && job.contentSha256 !== null && isRepeated) return 'IDENTICAL';
  }
  return 'UNVERIFIED';
}

/**
 * The URL of a video, or null unless it is READY. It comes from the store and not from the row: the public base URL may have
 * changed since, and a signed URL expires.
 *
 * @param video.objectKey key in our store; null for a video of another system, whose row is all that is known
 */
export async function videoUrl(
  store: VideoStore,
  video: { status: AssetStatus; url: string | null; objectKey: string | null },
): Promise<string | null> {
  if (video.status !== 'READY') return null;
  return video.objectKey === null ? video.url : store.urlFor(video.objectKey);
}
