import { AppError } from '../errors.ts';
import { isOutOfSpace } from '../files/durable-file.ts';

/**
 * What a render ended with, as one of the RENDER_ errors.
 *
 * @param error what went wrong first
 * @param asked the request's signal: its reason comes before any error that it may have caused
 * @param closing aborted when the engine is being closed
 */
export function toRenderFailure(error: unknown, asked: AbortSignal, closing: AbortSignal): AppError {
  const cause = asked.aborted ? asked.reason : error;
  if ((cause as Error | undefined)?.name === 'TimeoutError') {
    return new AppError('RENDER_TIMED_OUT', 'The render took too long', { cause });
  }
  if (asked.aborted) return new AppError('RENDER_CANCELLED', 'The render was cancelled', { cause });
  if (closing.aborted) return new AppError('RENDER_CANCELLED', 'The engine was closed', { cause });
  if (error instanceof AppError) return error;
  if (isOutOfSpace(error)) {
    return new AppError('RENDER_OUT_OF_SPACE', 'There is no space left for the video', { cause: error });
  }
  return new AppError('RENDER_FAILED', 'The render failed', { cause: error });
}
