import { setTimeout as delay } from 'node:timers/promises';
import { objectKey } from '@defrag/core';
import { beginLambdaRender, type Executor, type LambdaRenderBegin } from '@defrag/db';
import { incomingKey } from '../../store/video-key.ts';
import { RenderPostponedError } from '../engine.ts';
import { functionTimeoutSeconds, type LambdaSettings } from './settings.ts';

/** How long a render waits for free concurrency before it returns to the queue, where smaller renders may wait. */
const PATIENCE_MS = 30_000;

/** Pauses have random lengths, so that waiting renders do not all query at once. */
const LONGEST_PAUSE_MS = 2_000;

/**
 * Reserves a render's share of the account's concurrency as soon as it is free, or finds the render that was begun before.
 *
 * @throws RenderPostponedError when nothing was free for a while; the reason of the signal
 */
export async function beginRender(
  orm: Executor,
  render: {
    readonly jobId: string;
    readonly videoHash: string;
    readonly slots: number;
    readonly settings: LambdaSettings;
    readonly graceSeconds: number;
    readonly signal: AbortSignal;
  },
): Promise<Exclude<LambdaRenderBegin, { kind: 'full' }>> {
  const { jobId, videoHash, slots, settings, graceSeconds, signal } = render;
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const begun = await beginLambdaRender(orm, {
      jobId,
      objectKeyOf: (id) => incomingKey(objectKey(videoHash), id),
      slots,
      budget: settings.concurrency,
      lifetimeSeconds: functionTimeoutSeconds(settings.functionName) + graceSeconds,
    });
    if (begun.kind !== 'full') return begun;
    if (performance.now() > giveUpAtMs)
      throw new RenderPostponedError('All concurrency on AWS Lambda is in use');
    await delay(Math.random() * LONGEST_PAUSE_MS, undefined, { signal });
  }
}
