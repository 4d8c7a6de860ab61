import type { EngineName } from '@defrag/core';
import type { Logger } from 'pino';

/** Log fields of every render and cache hit. */
export interface RenderLogEntry {
  readonly videoHash: string;
  readonly frictionId: string;
  readonly cacheHit: boolean;
  /** Milliseconds from start to READY; of a cache hit, those of the look-up. */
  readonly renderDurationMs: number;
  readonly engine: EngineName | null;
  readonly status: 'READY' | 'FAILED' | 'CANCELLED' | 'RETRYING' | 'RELEASED' | 'DISCARDED';
  readonly errorCode?: string | undefined;
}

/** Writes one line. The fields are copied by name, so that nothing private gets into the log. */
export function logRender(logger: Logger, entry: RenderLogEntry, error?: unknown): void {
  const fields = {
    video_hash: entry.videoHash,
    friction_id: entry.frictionId,
    cache_hit: entry.cacheHit,
    render_duration_ms: entry.renderDurationMs,
    engine: entry.engine,
    status: entry.status,
    ...(entry.errorCode === undefined ? {} : { error_code: entry.errorCode }),
    ...(error === undefined ? {} : { err: error }),
  };
  if (entry.status === 'FAILED') logger.error(fields, 'render');
  else if (entry.status === 'RETRYING') logger.warn(fields, 'render');
  else logger.info(fields, 'render');
}
