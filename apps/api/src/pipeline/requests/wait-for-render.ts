import { findRenderJob } from '@defrag/db';
import { AppError, toErrorCode } from '../../errors.ts';
import type { Services } from '../services.ts';
import { nextPoll } from './poll.ts';

/**
 * Waits until a render has ended.
 *
 * @param wait.seconds longest wait; 0 looks once
 * @returns true when the video is READY, false when the wait ended first
 * @throws AppError with the code of the render when it failed or was cancelled meanwhile
 */
export async function waitForRender(
  services: Services,
  wait: { jobId: string; seconds: number; signal?: AbortSignal | undefined },
): Promise<boolean> {
  if (wait.seconds <= 0) return false;
  const timeout = AbortSignal.timeout(wait.seconds * 1_000);
  const signal = wait.signal === undefined ? timeout : AbortSignal.any([timeout, wait.signal]);
  do {
    const job = await findRenderJob(services.database.orm, wait.jobId);
    if (job === undefined)
      throw new AppError('RENDER_CANCELLED', 'The video was deleted while it was rendered.');
    if (job.state === 'SUCCEEDED') return true;
    if (job.state === 'CANCELLED') throw new AppError('RENDER_CANCELLED', 'The render was cancelled.');
    if (job.state === 'FAILED') {
      throw new AppError(toErrorCode(job.errorCode), job.errorMessage ?? 'The render failed.');
    }
  } while (await nextPoll(signal));
  return false;
}
