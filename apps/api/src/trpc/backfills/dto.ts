import type { BackfillWithProgress } from '@defrag/db';
import { timestamp, timestampOrNull } from '../wire.ts';

export function backfillDto(backfill: BackfillWithProgress) {
  const { progress } = backfill;
  return {
    id: backfill.id,
    state: backfill.state,
    renderer_version: backfill.rendererVersion,
    duration_ms: backfill.durationMs,
    concurrency: backfill.concurrency,
    events: backfill.events,
    videos: backfill.videos,
    ready_before: backfill.videos - backfill.total,
    total: backfill.total,
    waiting: progress.WAITING,
    under_way: progress.HANDED_OUT,
    succeeded: progress.SUCCEEDED,
    failed: progress.FAILED,
    cancelled: progress.CANCELLED,
    skipped: progress.SKIPPED,
    created_at: timestamp(backfill.createdAt),
    updated_at: timestamp(backfill.updatedAt),
    finished_at: timestampOrNull(backfill.finishedAt),
  };
}
