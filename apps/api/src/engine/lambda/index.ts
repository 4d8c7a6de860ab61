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
import { toRenderFailure } from '../render-failure.ts';
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
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const parts = { settings, orm, aws: createLambdaAws(settings), incoming, logger, closing: closing.signal };

  /** Asks again, after pauses of random length, for as long as AWS has no room. */
  const renderWithPauses = async (request: RenderRequest & { jobId: string }): Promise<RenderedObject> => {
    const signal = AbortSignal.any([request.signal, closing.signal]);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await renderOnLambda(parts, request);
      } catch (error) {
        if (!(error instanceof ThrottledError)) throw error;
        if (attempt === THROTTLED_TRIES) {
          throw new AppError('UNAVAILABLE', 'AWS Lambda has no room for the render', { cause: error });
        }
        logger.warn({ video_hash: request.videoHash, attempt, err: error }, 'AWS Lambda throttles');
        await delay(Math.random() * THROTTLED_PAUSE_MS * 2 ** (attempt - 1), undefined, { signal });
      }
    }
  };

  return {
    name: 'lambda',
    async render(request) {
      const { jobId } = request;
      if (jobId === undefined) throw new TypeError('A render on Lambda belongs to a job');
      const rendering = renderWithPauses({ ...request, jobId });
      running.add(rendering);
      try {
        return await rendering;
      } catch (error) {
        if (error instanceof AppError || error instanceof RenderPostponedError) throw error;
        throw toRenderFailure(error, request.signal, closing.signal);
      } finally {
        running.delete(rendering);
      }
    },
    async close() {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}
