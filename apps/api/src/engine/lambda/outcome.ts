import type { RenderProgress } from '@remotion/lambda-client';
import { AppError } from '../../errors.ts';
import { toKnownStoreError } from '../../store/s3/s3-errors.ts';
import { isThrottled } from './lambda-errors.ts';

/** AWS throttled a part of a render. The whole render can be retried after a pause. */
export class ThrottledError extends Error {
  override readonly name = 'ThrottledError';
}

/** Characters of Remotion's error message that are logged. */
const REASON_LENGTH = 2_000;

/**
 * The error of a render that Remotion gave up.
 *
 * @param progress with a fatal error; undefined when it cannot be read
 */
export function failureOf(progress: RenderProgress | undefined): AppError | ThrottledError {
  const fatal =
    progress?.errors.find(({ isFatal, willRetry }) => isFatal && !willRetry) ?? progress?.errors[0];
  if (fatal === undefined) return new AppError('RENDER_FAILED', 'The render failed on AWS Lambda');
  const cause = Object.assign(new Error(fatal.message.slice(0, REASON_LENGTH)), { name: fatal.name });
  if (isThrottled(cause)) return new ThrottledError('AWS Lambda throttled a part of the render', { cause });
  if (/ENOSPC|no space left/i.test(cause.message)) {
    return new AppError('RENDER_OUT_OF_SPACE', 'AWS Lambda has no disk space left for the video', {
      cause,
    });
  }
  // A complete file: only its upload into our bucket failed.
  const storeError = progress?.timeToCombine == null ? undefined : toKnownStoreError(cause);
  return storeError ?? new AppError('RENDER_FAILED', 'The render failed on AWS Lambda', { cause });
}

/** Estimated price in US dollars; null when unknown. */
export function costOf(progress: RenderProgress | undefined): number | null {
  return progress === undefined || progress.renderMetadata === null ? null : progress.costs.accruedSoFar;
}
