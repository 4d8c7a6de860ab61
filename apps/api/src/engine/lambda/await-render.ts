import { setTimeout as delay } from 'node:timers/promises';
import { type Executor, findLambdaRender, type LambdaRenderRow, type LambdaRenderSighting } from '@defrag/db';
import type { RenderProgress } from '@remotion/lambda-client';
import type { Logger } from 'pino';
import { AppError } from '../../errors.ts';
import type { IncomingObjects } from '../../store/store.ts';
import type { LambdaAws } from './aws.ts';
import { failureOf } from './outcome.ts';

/** Interval for reading our own row, which a webhook updates. */
const ROW_INTERVAL_MS = 400;

/** Interval for requests to AWS, which are charged for. */
const PROGRESS_INTERVAL_MS = 2_000;

export interface Waiting {
  readonly orm: Executor;
  readonly aws: LambdaAws;
  readonly incoming: IncomingObjects;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  onFrames(framesDone: number): void;
}

/**
 * Waits until the file of a render is in our bucket. A webhook is noticed within half a second; without one, polling AWS detects
 * it. If Remotion's id was lost with the answer to the invocation, only the webhook or the file itself shows the end.
 *
 * @throws AppError or ThrottledError for a failed render; AppError RENDER_TIMED_OUT at its deadline; the reason of the signal
 */
export async function awaitRender(id: string, waiting: Waiting): Promise<void> {
  let askAgainAtMs = performance.now() + PROGRESS_INTERVAL_MS;
  for (;;) {
    const render = await findLambdaRender(waiting.orm, id);
    if (await hasSucceeded(render, waiting)) return;
    if (render !== undefined && performance.now() >= askAgainAtMs) {
      if (await askAws(render, waiting)) return;
      askAgainAtMs = performance.now() + PROGRESS_INTERVAL_MS;
    }
    await delay(ROW_INTERVAL_MS, undefined, { signal: waiting.signal });
  }
}

async function hasSucceeded(render: LambdaRenderSighting | undefined, waiting: Waiting): Promise<boolean> {
  if (render === undefined) throw new AppError('RENDER_CANCELLED', 'The video was deleted during its render');
  if (render.state === 'SUCCEEDED' || render.webhookOutcome === 'success') return true;
  if (render.state !== 'INVOKING' && render.state !== 'RUNNING') {
    throw new AppError('RENDER_FAILED', 'Another process ended the render on AWS Lambda');
  }
  if (render.webhookOutcome === 'error') throw failureOf(await progressOf(render, waiting));
  if (render.webhookOutcome === 'timeout' || render.isOverdue) {
    throw new AppError('RENDER_TIMED_OUT', 'The render on AWS Lambda took too long');
  }
  return false;
}

/** Asks AWS or, without Remotion's id, our bucket. */
async function askAws(render: LambdaRenderRow, waiting: Waiting): Promise<boolean> {
  if (render.remotionRenderId === null) {
    return (await waiting.incoming.inspect(render.objectKey, waiting.signal)) !== undefined;
  }
  const progress = await progressOf(render, waiting);
  if (progress === undefined) return false;
  waiting.onFrames(progress.framesRendered);
  if (progress.fatalErrorEncountered) throw failureOf(progress);
  return progress.done;
}

/** The progress of a render; undefined when AWS is unreachable at the moment, which does not fail the render. */
export async function progressOf(
  render: LambdaRenderRow | undefined,
  { aws, logger }: Pick<Waiting, 'aws' | 'logger'>,
): Promise<RenderProgress | undefined> {
  const remotionRenderId = render?.remotionRenderId ?? null;
  if (remotionRenderId === null) return undefined;
  try {
    return await aws.progress(remotionRenderId);
  } catch (error) {
    logger.debug(
      { remotion_render_id: remotionRenderId, err: error },
      'reading the progress from AWS failed',
    );
    return undefined;
  }
}
