import { VIDEO_FORMAT, type Video as VideoDto } from '@defrag/core';
import type { Video } from '@defrag/db';
import type { VideoStore } from '../../store/store.ts';
import { engineName } from './engine.ts';
import { renderJobDto } from './render-job.ts';
import { timestamp, timestampOrNull } from './timestamp.ts';
import { videoUrl } from './video-url.ts';

/** A video as operators see it. */
export async function videoDto(store: VideoStore, video: Video): Promise<VideoDto> {
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
