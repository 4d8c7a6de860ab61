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
import { createLambdaAws } from './aws.ts';
import { renderOnLambda } from './lambda-render.ts';
import { ThrottledError } from './outcome.ts';
import type { LambdaSettings } from './settings.ts';

export type { LambdaSettings } from './settings.ts';

/** What the engine stands on. */
export interface LambdaEngineOptions {
  readonly settings: LambdaSettings;
  readonly database: Database;
  /** Where the function's files are found. */
  readonly incoming: IncomingObjects;
  readonly logger: Logger;
}

/** The engine on AWS Lambda. */
export interface LambdaEngine extends RenderEngine {
  readonly name: 'lambda';
  render(request: RenderRequest): Promise<RenderedObject>;
}

/** Times that a render is asked for while AWS has no room. */
const THROTTLED_TRIES = 6;

/** Longest pause before the second of them, in milliseconds; before each further one it is twice as long. */
const THROTTLED_PAUSE_MS = 2_000;

/**
 * The engine that renders on AWS Lambda. What it has begun stands in the database, so that another process, or this one after a
 * restart, waits for the same render and nothing is paid for twice; and so that all processes together keep to one concurrency.
 */
export function createLambdaEngine(options: LambdaEngineOptions): LambdaEngine {
  const { settings, incoming, logger } = options;
  const { orm } = options.database;
  const renders = createRunningRenders();
  const parts = { settings, orm, aws: createLambdaAws(settings), incoming, logger, closing: renders.closing };

  /** Asks again, after pauses of random length, for as long as AWS has no room. */
  const renderWithPauses = async (request: RenderRequest & { jobId: string }): Promise<RenderedObject> => {
    const signal = AbortSignal.any([request.signal, renders.closing]);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await renderOnLambda(parts, request);
      } catch (error) {
        if (!(error instanceof ThrottledError)) throw error;
        if (attempt === THROTTLED_TRIES) {
          throw new AppError('UNAVAILABLE', 'AWS Lambda has no room for the render', { cause: error });
        }
        logger.warn({ video_hash: request.inputs.hash, attempt, err: error }, 'AWS Lambda throttles');
        await delay(Math.random() * THROTTLED_PAUSE_MS * 2 ** (attempt - 1), undefined, { signal });
      }
    }
  };

  return {
    name: 'lambda',
    async render(request) {
      const { jobId } = request;
      if (jobId === undefined) throw new TypeError('A render on Lambda belongs to a job');
      return await renders.track(request, renderWithPauses({ ...request, jobId }), hasItsCode);
    },
    close: () => renders.end(),
  };
}

/** Whether an error says all that the queue wants to know: what AWS or the bucket has said, or that there was no room. */
function hasItsCode(error: unknown): boolean {
  return error instanceof AppError || error instanceof RenderPostponedError;
}
