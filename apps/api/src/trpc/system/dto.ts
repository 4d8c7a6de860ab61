import type { EndedRenders, QueueDepth, RenderJobRow, RequestHourRow, WorkerSighting } from '@defrag/db';
import { engineName, timestamp, timestampOrNull } from '../wire.ts';

export function queueDto(queue: QueueDepth) {
  return {
    queued: queue.queued,
    retrying: queue.retrying,
    rendering: queue.rendering,
    oldest_queued_at: timestampOrNull(queue.oldestQueuedAt),
  };
}

export function workerDto(worker: WorkerSighting) {
  return {
    name: worker.name,
    host: worker.host,
    pid: worker.pid,
    engine: engineName(worker.engine),
    renderer_version: worker.rendererVersion,
    concurrency: worker.concurrency,
    rendering: worker.rendering,
    started_at: timestamp(worker.createdAt),
    last_seen_at: timestamp(worker.lastSeenAt),
    alive: worker.alive,
  };
}

export function renderTimeDto(ended: EndedRenders) {
  return { renders: ended.succeeded, p50_ms: ended.p50Ms, p95_ms: ended.p95Ms, p99_ms: ended.p99Ms };
}

export function requestsDto(hours: readonly RequestHourRow[]) {
  const total = (outcome: 'hits' | 'misses' | 'forced') =>
    hours.reduce((sum, hour) => sum + hour[outcome], 0);
  const [hits, misses] = [total('hits'), total('misses')];
  return {
    hits,
    misses,
    forced: total('forced'),
    hit_rate: hits + misses === 0 ? null : hits / (hits + misses),
    hours: hours.map(({ hour, hits, misses, forced }) => ({ hour: timestamp(hour), hits, misses, forced })),
  };
}

export function renderErrorDto(job: RenderJobRow) {
  return {
    job_id: job.id,
    hash: job.hash,
    friction_id: job.frictionId,
    state: job.state,
    tries: job.tries,
    error_code: job.errorCode ?? 'RENDER_FAILED',
    error_message: job.errorMessage,
    at: timestamp(job.finishedAt ?? job.updatedAt),
  };
}
