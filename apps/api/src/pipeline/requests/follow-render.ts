import { setTimeout as delay } from 'node:timers/promises';
import { isActiveJob, objectKey, type VideoProgress } from '@defrag/core';
import { findRenderJob, findRenderProgress } from '@defrag/db';
import { AppError, toErrorCode } from '../../errors.ts';
import type { Services } from '../services.ts';

/** Milliseconds between two looks at the database for a change that another process may make. */
const POLL_INTERVAL_MS = 200;

/** Waits one poll interval. @returns false when the signal ended the wait */
async function nextPoll(signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  return await delay(POLL_INTERVAL_MS, true, { signal }).catch(() => false);
}

/**
 * Waits until a job has ended.
 *
 * @param wait.seconds longest wait; 0 does not look at all
 * @returns true when the video is READY, false when the wait ended first
 * @throws AppError with the code of the job when it failed or was cancelled
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
    if (job === undefined) {
      throw new AppError('RENDER_CANCELLED', 'The video was deleted while it was rendered.');
    }
    if (job.state === 'SUCCEEDED') return true;
    if (job.state === 'CANCELLED') throw new AppError('RENDER_CANCELLED', 'The render was cancelled.');
    if (job.state === 'FAILED') {
      throw new AppError(toErrorCode(job.errorCode), job.errorMessage ?? 'The render failed.');
    }
  } while (await nextPoll(signal));
  return false;
}

/**
 * Follows a video's render in whichever process it runs: the first item at once, then one per change. Within a job `frames_done`
 * never falls. Ends after the item without an active job, or when the signal aborts.
 *
 * @throws AppError VIDEO_NOT_FOUND when the video was never requested
 */
export async function* watchProgress(
  services: Services,
  hash: string,
  signal: AbortSignal,
): AsyncGenerator<VideoProgress, void, undefined> {
  let last: string | undefined;
  do {
    const progress = await readProgress(services, hash);
    const text = JSON.stringify(progress);
    if (text !== last) yield progress;
    last = text;
    if (!isActiveJob(progress.job_state)) return;
  } while (await nextPoll(signal));
}

async function readProgress(services: Services, hash: string): Promise<VideoProgress> {
  const found = await findRenderProgress(services.database.orm, hash);
  if (found === undefined) throw new AppError('VIDEO_NOT_FOUND', `There is no video ${hash}.`);
  const { status, job } = found;
  return {
    hash,
    status,
    job_id: job?.id ?? null,
    job_state: job?.state ?? null,
    frames_done: job?.framesDone ?? 0,
    frames_total: job?.framesTotal ?? 0,
    tries: job?.tries ?? 0,
    error_code: job?.errorCode ?? null,
    url: status === 'READY' ? await services.store.urlFor(objectKey(hash)) : null,
  };
}
