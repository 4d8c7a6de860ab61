import { AppError } from '../../errors.ts';
import type { RenderProcessFailure, RenderStage } from './protocol.ts';

/** FFmpeg ends with the low byte of the negative error number, and says it in words. */
const OUT_OF_SPACE = /\bENOSPC\b|\bEDQUOT\b|No space left on device|Disk quota exceeded/;

/** How Remotion words that a page or one of its frames took too long. */
const TIMED_OUT = /^(?:Timed out|A delayRender\(\)|Timeout|Navigation timeout)/;

/** What a failure in a render process means to the pipeline; Remotion's own words become the cause, for the log. */
export function toRenderError(stage: RenderStage, { message, code }: RenderProcessFailure): AppError {
  const cause = new Error(message);
  if (OUT_OF_SPACE.test(`${code} ${message}`)) {
    return new AppError('RENDER_OUT_OF_SPACE', 'There is no space left for the video', { cause });
  }
  if (stage === 'encode') return new AppError('RENDER_ENCODER_FAILED', 'FFmpeg failed', { cause });
  if (stage === 'open') return new AppError('RENDER_FAILED', 'The browser could not be started', { cause });
  if (TIMED_OUT.test(message)) return new AppError('RENDER_TIMED_OUT', 'The page took too long', { cause });
  return new AppError('RENDER_FAILED', 'The render failed', { cause });
}
