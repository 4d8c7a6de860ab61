import type { RenderRequest } from './engine.ts';
import { toRenderFailure } from './render-failure.ts';

/** The renders that an engine is at work on, from their begin to the end of the engine. */
export interface RunningRenders {
  /** Aborted when the engine is being closed. */
  readonly closing: AbortSignal;
  /**
   * Counts a render among those at work until it settles.
   *
   * @param keeps which of its errors stay as they are. (Default: none but those that are RENDER_ errors already)
   * @throws AppError with one of the RENDER_ codes when it fails, or an error that is kept
   */
  track<Result>(
    request: Pick<RenderRequest, 'signal'>,
    rendering: Promise<Result>,
    keeps?: (error: unknown) => boolean,
  ): Promise<Result>;
  /** Aborts `closing`, and waits until nothing is at work any more. */
  end(): Promise<void>;
}

/** See {@link RunningRenders}. */
export function createRunningRenders(): RunningRenders {
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  return {
    closing: closing.signal,
    async track(request, rendering, keeps = () => false) {
      running.add(rendering);
      try {
        return await rendering;
      } catch (error) {
        if (keeps(error)) throw error;
        throw toRenderFailure(error, request.signal, closing.signal);
      } finally {
        running.delete(rendering);
      }
    },
    async end() {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}
