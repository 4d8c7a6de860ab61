import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@defrag/db';
import type { Logger } from 'pino';
import { AppError } from '../../errors.ts';
import type { IncomingObjects } from '../../store/store.ts';
import {
  type RenderEngine,
  type RenderedObject,
  RenderPostponedError,
  type RenderRequest,
} from '../engine.ts';
import { createRunningRenders } from '../running-renders.ts';
import { createLambdaAws, type LambdaAws } from './aws.ts';
import { renderOnLambda } from './lambda-render.ts';
import { ThrottledError } from './outcome.ts';
import type { LambdaSettings } from './settings.ts';

export interface LambdaEngineOptions {
  readonly settings: LambdaSettings;
  readonly database: Database;
  readonly incoming: IncomingObjects;
  readonly logger: Logger;
  /** (Default: Remotion's client) */
  readonly aws?: LambdaAws;
  /** Seconds beyond the function's timeout after which a render is given up: for its start and the webhook. (Default: 15) */
  readonly graceSeconds?: number;
}

export interface LambdaEngine extends RenderEngine {
  readonly name: 'lambda';
  render(request: RenderRequest): Promise<RenderedObject>;
}

const THROTTLED_INVOCATIONS = 6;

/** Longest pause before the second one in milliseconds; it doubles before each further one. */
const THROTTLED_PAUSE_MS = 2_000;

/**
 * Renders on AWS Lambda. It records each render in the database, so that another process, or this one after a restart, waits for
 * the same render and nothing is paid for twice, and so that all processes share one concurrency limit.
 */
export function createLambdaEngine(options: LambdaEngineOptions): LambdaEngine {
  const { settings, incoming, logger } = options;
  const { orm } = options.database;
  const renders = createRunningRenders();
  const { aws = createLambdaAws(settings), graceSeconds = 15 } = options;
  const parts = { settings, orm, aws, graceSeconds, incoming, logger, closing: renders.closing };

  /** Repeats a throttled render after pauses of random length. */
  const renderWithPauses = async (request: RenderRequest & { jobId: string }): Promise<RenderedObject> => {
    const signal = AbortSignal.any([request.signal, renders.closing]);
    for (let invocations = 1; ; invocations += 1) {
      try {
        return await renderOnLambda(parts, request);
      } catch (error) {
        if (!(error instanceof ThrottledError)) throw error;
        if (invocations === THROTTLED_INVOCATIONS) {
          throw new AppError('UNAVAILABLE', 'AWS Lambda throttles the render', { cause: error });
        }
        logger.warn({ video_hash: request.inputs.hash, invocations, err: error }, 'AWS Lambda throttles');
        await delay(Math.random() * THROTTLED_PAUSE_MS * 2 ** (invocations - 1), undefined, { signal });
      }
    }
  };

  return {
    name: 'lambda',
    async render(request) {
      const { jobId } = request;
      if (jobId === undefined) throw new TypeError('A render on Lambda needs a job');
      return await renders.track(request, renderWithPauses({ ...request, jobId }), hasItsCode);
    },
    close: () => renders.end(),
  };
}

function hasItsCode(error: unknown): boolean {
  return error instanceof AppError || error instanceof RenderPostponedError;
}
