import { setTimeout as delay } from 'node:timers/promises';
import { durationInFrames, objectKey } from '@defrag/core';
import {
  beginLambdaRender,
  discardLambdaRender,
  type Executor,
  endLambdaRender,
  findLambdaRender,
  type LambdaRenderBegin,
  type LambdaRenderRow,
  recordLambdaInvocation,
} from '@defrag/db';
import type { Logger } from 'pino';
import { AppError } from '../../errors.ts';
import type { IncomingObjects } from '../../store/store.ts';
import { incomingKey } from '../../store/video-key.ts';
import {
  ProcessStoppingError,
  type RenderedObject,
  RenderPostponedError,
  type RenderRequest,
} from '../engine.ts';
import { toRenderFailure } from '../render-failure.ts';
import { awaitRender, progressOf } from './await-render.ts';
import type { LambdaAws } from './aws.ts';
import { isRefusal, isThrottled, mayHaveBeenTaken } from './lambda-errors.ts';
import { costOf, ThrottledError } from './outcome.ts';
import { planChunks } from './plan-chunks.ts';
import { functionTimeoutSeconds, type LambdaSettings } from './settings.ts';

export interface LambdaRenderParts {
  readonly settings: LambdaSettings;
  readonly orm: Executor;
  readonly aws: LambdaAws;
  readonly graceSeconds: number;
  readonly incoming: IncomingObjects;
  readonly logger: Logger;
  readonly closing: AbortSignal;
}

/** How long a render waits for free concurrency before it returns to the queue, where smaller renders may wait. */
const PATIENCE_MS = 30_000;

/** Pauses have random lengths, so that waiting renders do not all query at once. */
const LONGEST_PAUSE_MS = 2_000;

/** Seconds until all invocations of a cancelled render have stopped. */
const CANCEL_SECONDS = 10;

/**
 * Runs one render on AWS, begun now or before, until its file is in our bucket.
 *
 * @throws AppError, ThrottledError, RenderPostponedError, or the reason of a signal
 */
export async function renderOnLambda(
  parts: LambdaRenderParts,
  request: RenderRequest & { readonly jobId: string },
): Promise<RenderedObject> {
  const { settings, logger, closing } = parts;
  const { jobId, inputs } = request;
  const { hash: videoHash } = inputs;
  const signal = AbortSignal.any([request.signal, closing]);
  signal.throwIfAborted();
  const frames = durationInFrames(inputs.durationMs, inputs.fps);
  const { framesPerLambda, slots } = planChunks(frames, settings);
  const { kind, render } = await beginRender(parts, { jobId, videoHash, slots, signal });
  logger.info({ video_hash: videoHash, lambda_render_id: render.id, slots }, `render on Lambda ${kind}`);
  try {
    if (kind === 'begun') await invoke(parts, { render, request, framesPerLambda });
    return await fetchResult(parts, { render, request, frames, signal });
  } catch (error) {
    // Only this process stops: the render continues, and the next worker that takes the job waits for it.
    if (request.signal.reason instanceof ProcessStoppingError || closing.aborted) throw error;
    const failure = signal.aborted ? toRenderFailure(error, request.signal, closing) : error;
    await abandon(parts, render.id, failure);
    throw failure;
  }
}

/**
 * Reserves a render's share of the account's concurrency as soon as it is free, or finds the render that was begun before.
 *
 * @throws RenderPostponedError when nothing was free for a while; the reason of the signal
 */
async function beginRender(
  { orm, settings, graceSeconds }: LambdaRenderParts,
  render: { jobId: string; videoHash: string; slots: number; signal: AbortSignal },
): Promise<Exclude<LambdaRenderBegin, { kind: 'full' }>> {
  const { jobId, videoHash, slots, signal } = render;
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

/** Invokes the function and records Remotion's id of the render. */
async function invoke(
  { aws, orm, logger }: LambdaRenderParts,
  asked: { render: LambdaRenderRow; request: RenderRequest; framesPerLambda: number },
): Promise<void> {
  const { id, objectKey } = asked.render;
  const { inputs } = asked.request;
  const { hash: videoHash } = inputs;
  let remotionRenderId: string;
  try {
    const { framesPerLambda } = asked;
    remotionRenderId = await aws.invoke({ id, inputs, videoHash, objectKey, framesPerLambda });
  } catch (cause) {
    if (isThrottled(cause)) throw new ThrottledError('AWS Lambda throttles the invocation', { cause });
    if (mayHaveBeenTaken(cause)) {
      logger.warn(
        { video_hash: videoHash, err: cause },
        'no answer to the invocation, waiting for its result',
      );
      return;
    }
    if (isRefusal(cause)) throw new AppError('UNAVAILABLE', 'AWS Lambda rejected the invocation', { cause });
    throw new AppError('RENDER_FAILED', 'The function on AWS Lambda rejected the render', { cause });
  }
  await recordLambdaInvocation(orm, { id, remotionRenderId });
}

/** Waits for the file, reads it once for its digest, and records the success. */
async function fetchResult(
  parts: LambdaRenderParts,
  asked: { render: LambdaRenderRow; request: RenderRequest; frames: number; signal: AbortSignal },
): Promise<RenderedObject> {
  const { orm, aws, incoming, logger } = parts;
  const { render, request, frames, signal } = asked;
  let framesDone = 0;
  const onFrames = (rendered: number) => {
    // The count falls when Remotion retries a chunk.
    if (rendered <= framesDone) return;
    framesDone = Math.min(rendered, frames);
    request.onProgress(framesDone, frames);
  };
  await awaitRender(render.id, { orm, aws, incoming, logger, signal, onFrames });
  const found = await incoming.inspect(render.objectKey, signal);
  if (found === undefined) {
    await discardLambdaRender(orm, render.id);
    throw new AppError('RENDER_FAILED', 'The file of AWS Lambda is missing in the bucket');
  }
  onFrames(frames);
  const progress = await progressOf(await findLambdaRender(orm, render.id), { aws, logger });
  await endLambdaRender(orm, { id: render.id, state: 'SUCCEEDED', costUsd: costOf(progress) });
  const { sizeBytes, contentSha256 } = found;
  return { incoming: found, sizeBytes, contentSha256, frames };
}

/** Cancels a failed render on AWS, and records its state and cost. */
async function abandon(parts: LambdaRenderParts, id: string, failure: unknown): Promise<void> {
  const { orm, aws, logger } = parts;
  const code = failure instanceof AppError ? failure.code : undefined;
  const state =
    code === 'RENDER_TIMED_OUT' ? 'TIMED_OUT' : code === 'RENDER_CANCELLED' ? 'CANCELLED' : 'FAILED';
  // Read again: a webhook may have brought Remotion's id.
  const render = await findLambdaRender(orm, id);
  const remotionRenderId = render?.remotionRenderId ?? null;
  const progress = await progressOf(render, { aws, logger });
  const hasEnded = progress?.done === true || progress?.fatalErrorEncountered === true;
  if (remotionRenderId !== null && !hasEnded) {
    await aws.cancel(remotionRenderId).catch((error: unknown) => {
      logger.warn({ remotion_render_id: remotionRenderId, err: error }, 'not cancelled on AWS');
    });
  }
  const wasRefused = remotionRenderId === null && state === 'FAILED';
  await endLambdaRender(orm, {
    id,
    state,
    costUsd: costOf(progress),
    slotsHeldForSeconds: wasRefused ? 0 : CANCEL_SECONDS,
  });
}
