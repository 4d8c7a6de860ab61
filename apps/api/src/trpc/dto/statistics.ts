import type { Statistics } from '@defrag/core';
import type { EndedRenders, QueueDepth, RenderJob, RequestHour, WorkerSighting } from '@defrag/db';
import { engineName } from './engine.ts';
import { timestamp, timestampOrNull } from './timestamp.ts';

/** Renders that are still to end, on the wire. */
export function queueDto(queue: QueueDepth): Statistics['queue'] {
  return {
    queued: queue.queued,
    retrying: queue.retrying,
    rendering: queue.rendering,
    oldest_queued_at: timestampOrNull(queue.oldestQueuedAt),
  };
}

/** A worker on the wire. */
export function workerDto(worker: WorkerSighting): Statistics['workers'][number] {
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

/** How long renders took, on the wire. */
export function renderTimeDto(ended: EndedRenders): Statistics['render_time'] {
  return { renders: ended.succeeded, p50_ms: ended.p50Ms, p95_ms: ended.p95Ms, p99_ms: ended.p99Ms };
}

/** Requests by hour on the wire, with their totals. */
export function requestsDto(hours: readonly RequestHour[]): Statistics['requests'] {
  const total = (outcome: 'hits' | 'misses' | 'forced') =>
    hours.reduce((sum, hour) => sum + hour[outcome], 0);
  const [hits, misses] = [total('hits'), total('misses')];
  return {
    hits,
    misses,
    forced: total('forced'),
    hit_rate: hits + misses === 0 ? null : hits / (hits + misses),
    hours: hours.map((hour) => ({
      hour: timestamp(hour.hour),
      hits: hour.hits,
      misses: hour.misses,
      forced: hour.forced,
    })),
  };
}

/** A render that failed, on the wire. */
export function renderErrorDto(job: RenderJob): Statistics['last_errors'][number] {
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
