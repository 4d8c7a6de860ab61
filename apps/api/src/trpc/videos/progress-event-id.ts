import { isActiveJob, type VideoProgress } from '@defrag/core';

/** Job, tries, frames done, state of the job and status of the video, separated by dots. */
const EVENT_ID = /^(-|[0-9a-f-]{36})\.(\d{1,9})\.(\d{1,9})\.(-|[A-Z]+)\.([A-Z]+)$/;

/** The id of an item of a progress stream. Equal items have equal ids, in any process. */
export function progressEventId(progress: VideoProgress): string {
  const { job_id: jobId, tries, frames_done: framesDone, job_state: jobState, status } = progress;
  return [jobId ?? '-', tries, framesDone, jobState ?? '-', status].join('.');
}

/**
 * Whether an item is newer than the one with the given id: not the same one, and not an earlier one of the same job, which a
 * lagging database replica might return.
 *
 * @param lastEventId the last item that the client received; any text that is not such an id counts as none
 */
export function isNewsAfter(lastEventId: string | null | undefined, progress: VideoProgress): boolean {
  const seen = EVENT_ID.exec(lastEventId ?? '');
  if (seen === null) return true;
  if (seen[0] === progressEventId(progress)) return false;
  const [, jobId, tries, framesDone, jobState] = seen;
  if (jobId !== progress.job_id) return true;
  if (!isActiveJob(jobState) && isActiveJob(progress.job_state)) return false;
  return progress.tries >= Number(tries) && progress.frames_done >= Number(framesDone);
}
