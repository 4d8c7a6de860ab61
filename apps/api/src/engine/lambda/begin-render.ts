import { setTimeout as delay } from 'node:timers/promises';
import { objectKey } from '@defrag/core';
import { beginLambdaRender, type Executor, type LambdaRenderBegin } from '@defrag/db';
import { incomingKey } from '../../store/video-key.ts';
import { RenderPostponedError } from '../engine.ts';
import { functionTimeoutSeconds, type LambdaSettings } from './settings.ts';

/** Seconds beyond the function's own limit after which a render is given up: its start, and the way of the news. */
const GRACE_SECONDS = 15;

/** Milliseconds that a render waits for room before it goes back to the queue, where others may be that fit. */
const PATIENCE_MS = 30_000;

/** Longest pause between two looks, in milliseconds; they are of random length, so that many that wait do not come at once. */
const LONGEST_PAUSE_MS = 2_000;

/**
 * Takes a render's share of the account's concurrency, as soon as there is room, or finds the render that was begun before.
 *
 * @throws RenderPostponedError when there was no room for a while; the reason of the signal
 */
export async function beginRender(
  orm: Executor,
  render: {
    readonly jobId: string;
    readonly videoHash: string;
    readonly slots: number;
    readonly settings: LambdaSettings;
    readonly signal: AbortSignal;
  },
): Promise<Exclude<LambdaRenderBegin, { kind: 'full' }>> {
  const { jobId, videoHash, slots, settings, signal } = render;
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const begun = await beginLambdaRender(orm, {
      jobId,
      objectKeyOf: (id) => incomingKey(objectKey(videoHash), id),
      slots,
      budget: settings.concurrency,
      lifetimeSeconds: functionTimeoutSeconds(settings.functionName) + GRACE_SECONDS,
    });
    if (begun.kind !== 'full') return begun;
    if (performance.now() > giveUpAtMs)
      throw new RenderPostponedError('The concurrency on AWS Lambda is in use');
    await delay(Math.random() * LONGEST_PAUSE_MS, undefined, { signal });
  }
}
