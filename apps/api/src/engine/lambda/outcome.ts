import type { RenderProgress } from '@remotion/lambda-client';
import { AppError } from '../../errors.ts';
import { toKnownStoreError } from '../../store/s3/s3-errors.ts';
import { isThrottled } from './lambda-errors.ts';

/** AWS had no room for a part of a render; the whole render can be tried again after a pause. */
export class ThrottledError extends Error {
  override readonly name = 'ThrottledError';
}

/** Characters of what Remotion says of a failure that go into the log. */
const REASON_LENGTH = 2_000;

/**
 * What a render ended with that Remotion gave up.
 *
 * @param progress in which a fatal error was met; undefined when it cannot be read
 */
export function failureOf(progress: RenderProgress | undefined): AppError | ThrottledError {
  const fatal =
    progress?.errors.find(({ isFatal, willRetry }) => isFatal && !willRetry) ?? progress?.errors[0];
  if (fatal === undefined) return new AppError('RENDER_FAILED', 'The render failed on AWS Lambda');
  const cause = Object.assign(new Error(fatal.message.slice(0, REASON_LENGTH)), { name: fatal.name });
  if (isThrottled(cause))
    return new ThrottledError('AWS Lambda had no room for a part of the render', { cause });
  if (/ENOSPC|no space left/i.test(cause.message)) {
    return new AppError('RENDER_OUT_OF_SPACE', 'There is no space left for the video on AWS Lambda', {
      cause,
    });
  }
  const storeError = isComplete(progress) ? toKnownStoreError(cause) : undefined;
  return storeError ?? new AppError('RENDER_FAILED', 'The render failed on AWS Lambda', { cause });
}

/** Whether the file was whole, so that what failed after it was its way into our bucket. */
function isComplete(progress: RenderProgress | undefined): boolean {
  return progress?.timeToCombine != null;
}

/** Estimated price in US dollars; null where it is not known. */
export function costOf(progress: RenderProgress | undefined): number | null {
  return progress === undefined || progress.renderMetadata === null ? null : progress.costs.accruedSoFar;
}
