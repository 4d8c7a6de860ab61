import type { VideoProgress } from '@defrag/core';

/** Job, tries, frames done, state of the job and status of the video, with dots between them. */
const EVENT_ID = /^(-|[0-9a-f-]{36})\.(\d{1,9})\.(\d{1,9})\.(-|[A-Z]+)\.([A-Z]+)$/;

/** The id of an item of a progress stream. Equal items have equal ids, in whichever process they were made. */
export function progressEventId(progress: VideoProgress): string {
  const { job_id: jobId, tries, frames_done: framesDone, job_state: jobState, status } = progress;
  return [jobId ?? '-', tries, framesDone, jobState ?? '-', status].join('.');
}

/**
 * Whether an item tells more than the one with the given id: not the same again, and of the same job nothing earlier, as a
 * database replica that lags might tell it.
 *
 * @param lastEventId what the client saw last; anything that is not such an id counts as nothing seen
 */
export function isNewsAfter(lastEventId: string | null | undefined, progress: VideoProgress): boolean {
  const seen = EVENT_ID.exec(lastEventId ?? '');
  if (seen === null) return true;
  if (seen[0] === progressEventId(progress)) return false;
  const [, jobId, tries, framesDone, jobState] = seen;
  if (jobId !== progress.job_id) return true;
  if (isEnded(jobState) && !isEnded(progress.job_state)) return false;
  return progress.tries >= Number(tries) && progress.frames_done >= Number(framesDone);
}

function isEnded(jobState: string | null | undefined): boolean {
  return jobState !== 'QUEUED' && jobState !== 'RENDERING';
}
