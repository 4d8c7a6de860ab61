import { type AssetStatus, VIDEO_FORMAT } from '@defrag/core';
import { findVideo, listRenderJobs, type PublicAssetRow, type RenderJobRow, type VideoRow } from '@defrag/db';
import type { Services } from '../../pipeline/services.ts';
import type { VideoStore } from '../../store/store.ts';
import { engineName, timestamp, timestampOrNull } from '../wire.ts';

/** Maximum number of renders in a video's history. */
const MAX_JOBS = 100;

export function renderJobDto(job: RenderJobRow) {
  return {
    id: job.id,
    friction_id: job.frictionId,
    forced: job.forced,
    state: job.state,
    tries: job.tries,
    engine: engineName(job.engine),
    worker: job.worker,
    cancel_requested: job.cancelRequestedAt !== null,
    frames_done: job.framesDone,
    frames_total: job.framesTotal,
    error_code: job.errorCode,
    error_message: job.errorMessage,
    render_duration_ms: job.renderDurationMs,
    size_bytes: job.sizeBytes,
    content_sha256: job.contentSha256,
    cost_usd: job.costUsd,
    queued_at: timestamp(job.queuedAt),
    started_at: timestampOrNull(job.startedAt),
    finished_at: timestampOrNull(job.finishedAt),
  };
}

export async function videoDto(store: VideoStore, video: VideoRow) {
  const { details, latestJob } = video;
  return {
    hash: video.hash,
    status: video.status,
    url: await videoUrl(store, { ...video, objectKey: details?.objectKey ?? null }),
    width: video.width,
    height: video.height,
    duration_seconds: video.durationSeconds,
    duration_ms: details?.durationMs ?? null,
    fps: details === null ? null : VIDEO_FORMAT.fps,
    friction_score: details?.frictionScore ?? null,
    pressure_score: details?.pressureScore ?? null,
    renderer_version: details?.rendererVersion ?? null,
    engine: engineName(details?.engine ?? null),
    size_bytes: details?.sizeBytes ?? null,
    content_sha256: details?.contentSha256 ?? null,
    render_duration_ms: details?.renderDurationMs ?? null,
    rendered_at: timestampOrNull(details?.renderedAt ?? null),
    created_at: timestamp(video.createdAt),
    updated_at: timestamp(video.updatedAt),
    latest_job: latestJob === null ? null : renderJobDto(latestJob),
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

/** @param objectKey key in our store; null for an asset that is not in it */
export async function publicAssetDto(store: VideoStore, asset: PublicAssetRow, objectKey: string | null) {
  return {
    hash: asset.hash,
    type: asset.type,
    status: asset.status,
    url: await videoUrl(store, { ...asset, objectKey }),
    width: asset.width,
    height: asset.height,
    duration_seconds: asset.durationSeconds,
    updated_at: timestamp(asset.updatedAt),
  };
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
