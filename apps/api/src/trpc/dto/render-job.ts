import type { RenderJob as RenderJobDto } from '@defrag/core';
import type { RenderJob } from '@defrag/db';
import { engineName } from './engine.ts';
import { timestamp, timestampOrNull } from './timestamp.ts';

/** A render as operators see it. */
export function renderJobDto(job: RenderJob): RenderJobDto {
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
