import { AppError, type AppErrorCode } from '../errors.ts';
import { isOutOfSpace } from '../files/durable-file.ts';

/**
 * The one mapping of whatever ends a render to an error of ours.
 *
 * @param error what went wrong first
 * @param asked the request's signal: when aborted, its reason counts and not the error that the abort caused
 * @param closing aborted when the engine is closed
 */
export function toRenderFailure(error: unknown, asked: AbortSignal, closing?: AbortSignal): AppError {
  const cause = asked.aborted ? asked.reason : error;
  if (cause instanceof Error && cause.name === 'TimeoutError')
    return new AppError('RENDER_TIMED_OUT', 'The render took too long.', { cause });
  if (asked.aborted) return new AppError('RENDER_CANCELLED', 'The render was cancelled.', { cause });
  if (closing?.aborted) return new AppError('RENDER_CANCELLED', 'The engine was closed.', { cause });
  if (error instanceof AppError) return error;
  if (isOutOfSpace(error)) {
    return new AppError('RENDER_OUT_OF_SPACE', 'There is no space left for the video.', { cause });
  }
  return new AppError('RENDER_FAILED', 'The render failed.', { cause });
}

/** An AppError in a form that passes between threads and processes. */
export interface PortableFailure {
  readonly code: AppErrorCode;
  readonly message: string;
  readonly cause: unknown;
}

export function fromPortable({ code, message, cause }: PortableFailure): AppError {
  return new AppError(code, message, { cause });
}
