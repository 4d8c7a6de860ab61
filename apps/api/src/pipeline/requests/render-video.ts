import { findPublicAsset } from '@defrag/db';
import { fetchFrictionEvent, inputsOf } from '../friction-event.ts';
import { joinOrCreateJob } from '../join-or-create-job.ts';
import { logRender } from '../render-log.ts';
import type { Services } from '../services.ts';
import { waitForRender } from './follow-render.ts';

export interface RenderVideoOptions {
  readonly frictionId: string;
  readonly durationMs: number;
  /** Render a cached video again and compare the digests. */
  readonly forceRegenerate: boolean;
  /** Seconds to wait for READY before answering QUEUED; 0 answers at once. */
  readonly waitSeconds: number;
  /** Ends the wait, not the render. */
  readonly signal?: AbortSignal | undefined;
}

export interface RequestedVideo {
  readonly url: string;
  readonly status: 'READY' | 'QUEUED';
  readonly hash: string;
  readonly cacheHit: boolean;
  /** Id of the job that was created or joined; undefined for a cache hit. */
  readonly jobId?: string;
}

/**
 * The main path, from a friction event to the URL of its video. A worker does steps 5 and 6 (see `run-render-job.ts`).
 *
 * @throws AppError FRICTION_EVENT_NOT_FOUND, or the code of the job that was waited for
 */
export async function renderVideo(services: Services, options: RenderVideoOptions): Promise<RequestedVideo> {
  const startedAt = performance.now();

  // 1. Fetch the event.
  const event = await fetchFrictionEvent(services, options.frictionId);

  // 2. and 3. Derive seed and inputs, and their hash.
  const inputs = inputsOf(event, options.durationMs);
  const { hash, key } = inputs;
  const url = await services.store.urlFor(key);

  // 4. READY in the cache? Return it.
  const cached = await lookUp(services, hash, key);
  if (cached === 'READY' && !options.forceRegenerate) return answerFromCache();

  // 5. Render on a miss.
  const wanted = { event, inputs, forced: options.forceRegenerate, objectIsLost: cached === 'LOST' };
  const jobId = await services.database.transaction((transaction) =>
    joinOrCreateJob(services, transaction, wanted),
  );
  if (jobId === null) return answerFromCache();
  services.requests.count(options.forceRegenerate ? 'forced' : 'misses');

  // 6. The worker stores the file, then the public row READY with its URL, then the private row.
  const { waitSeconds: seconds, signal } = options;
  const ready = await waitForRender(services, { jobId, seconds, signal });

  // 7. Return.
  return { url, status: ready ? 'READY' : 'QUEUED', hash, cacheHit: false, jobId };

  function answerFromCache(): RequestedVideo {
    services.requests.count('hits');
    logRender(services.logger, {
      videoHash: hash,
      frictionId: event.id,
      cacheHit: true,
      renderDurationMs: Math.round(performance.now() - startedAt),
      engine: null,
      status: 'READY',
    });
    return { url, status: 'READY', hash, cacheHit: true };
  }
}

/** A row may outlive its object (a cleaned bucket, a lost disk). Such a video is LOST, and rendered again. */
async function lookUp(services: Services, hash: string, key: string): Promise<'READY' | 'MISSING' | 'LOST'> {
  const asset = await findPublicAsset(services.database.orm, hash);
  if (asset?.status !== 'READY') return 'MISSING';
  return (await services.store.head(key)) === undefined ? 'LOST' : 'READY';
}
