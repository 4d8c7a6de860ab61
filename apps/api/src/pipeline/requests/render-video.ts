import { deriveMotion, objectKey, videoHash } from '@defrag/core';
import { findPublicAsset } from '@defrag/db';
import { fetchFrictionEvent, inputsOf } from '../friction-event.ts';
import { logRender } from '../log-render.ts';
import { queueRenderJob } from '../queue-render-job.ts';
import type { Services } from '../services.ts';
import { waitForRender } from './wait-for-render.ts';

/** What a caller asks for. */
export interface RenderVideoOptions {
  /** Id of the friction event, a UUID. */
  readonly frictionId: string;
  /** Whole milliseconds, 1000..10000. */
  readonly durationMs: number;
  /** Render although the video is in the cache, and compare the digests. */
  readonly forceRegenerate: boolean;
  /** Seconds to wait for READY before answering QUEUED; 0 answers at once. */
  readonly waitSeconds: number;
  /** Ends the wait, not the render. */
  readonly signal?: AbortSignal | undefined;
}

/** Where the video is, or will be. */
export interface RenderVideoResult {
  readonly url: string;
  readonly status: 'READY' | 'QUEUED';
  readonly hash: string;
  readonly cacheHit: boolean;
  /** Id of the render that was begun or joined; undefined for a cache hit. */
  readonly jobId?: string;
}

/**
 * The main path, from a friction event to the URL of its video. Steps 5 and 6 run in a worker (see `run-render-job.ts`);
 * here a miss becomes one job, however many callers ask at once.
 *
 * @throws AppError FRICTION_EVENT_NOT_FOUND, or the code with which a render ended that was waited for
 */
export async function renderVideo(
  services: Services,
  options: RenderVideoOptions,
): Promise<RenderVideoResult> {
  const startedAt = performance.now();

  // 1. Fetch the event.
  const event = await fetchFrictionEvent(services, options.frictionId);

  // 2. Derive seed and motion profile.
  const inputs = inputsOf(event, options.durationMs);
  const motionProfile = deriveMotion(inputs, inputs.seed);

  // 3. Hash.
  const hash = videoHash(inputs);
  const url = await services.store.urlFor(objectKey(hash));

  // 4. READY in the cache? Return it.
  const cached = await lookUp(services, hash);
  if (cached === 'READY' && !options.forceRegenerate) return answerFromCache();

  // 5. Render on a miss: public row QUEUED, private row and one job, all or nothing.
  const jobId = await services.database.transaction((transaction) =>
    queueRenderJob(services, transaction, {
      event,
      inputs,
      motionProfile,
      hash,
      forced: options.forceRegenerate,
      objectIsLost: cached === 'LOST',
    }),
  );
  if (jobId === null) return answerFromCache();
  services.requests.count(options.forceRegenerate ? 'forced' : 'misses');

  // 6. The worker stores: upload, then the public row READY with its URL, then the private row.
  const ready = await waitForRender(services, {
    jobId,
    seconds: options.waitSeconds,
    signal: options.signal,
  });

  // 7. Return.
  return { url, status: ready ? 'READY' : 'QUEUED', hash, cacheHit: false, jobId };

  function answerFromCache(): RenderVideoResult {
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

/** A row may outlive its object (a cleaned bucket, a lost disk): such a video is LOST, and rendered again. */
async function lookUp(services: Services, hash: string): Promise<'READY' | 'MISSING' | 'LOST'> {
  const asset = await findPublicAsset(services.database.orm, hash);
  if (asset?.status !== 'READY') return 'MISSING';
  return (await services.store.head(objectKey(hash))) === undefined ? 'LOST' : 'READY';
}
