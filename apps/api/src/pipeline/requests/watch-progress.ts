import { objectKey, type VideoProgress } from '@defrag/core';
import { findRenderProgress } from '@defrag/db';
import { AppError } from '../../errors.ts';
import type { Services } from '../services.ts';
import { nextPoll } from './poll.ts';

/**
 * Follows a render wherever it runs: the state stands in the database, so any API process can tell it and a reader that
 * comes back misses nothing but what it was not there for.
 *
 * The first item comes at once, then one per change; within a job `frames_done` never goes down. Ends after the item that
 * says that no render is under way, or when the signal aborts.
 *
 * @throws AppError VIDEO_NOT_FOUND when nobody ever asked for this video
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
    if (text !== last) {
      last = text;
      yield progress;
    }
    if (!isUnderWay(progress)) return;
  } while (await nextPoll(signal));
}

/** One look at a render's progress. See {@link watchProgress}. */
export async function readProgress(services: Services, hash: string): Promise<VideoProgress> {
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

function isUnderWay(progress: VideoProgress): boolean {
  return progress.job_state === 'QUEUED' || progress.job_state === 'RENDERING';
}
