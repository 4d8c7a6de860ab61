import type { Video } from '@defrag/client';
import { isActiveJob } from '@defrag/core';

interface VideoNote {
  readonly text: string;
  readonly isFailure: boolean;
  /** Progress 0..1; undefined until a render has started. */
  readonly doneShare?: number;
}

export function isActive({ latest_job }: Video): boolean {
  return isActiveJob(latest_job?.state);
}

export function isRetryable(video: Video): boolean {
  return video.latest_job !== null && (video.status === 'FAILED' || video.status === 'MISSING');
}

export function noteOf(video: Video): VideoNote | undefined {
  const { status, latest_job: job } = video;
  if (job !== null && isActive(video)) return progressOf(job);
  if (status === 'READY') {
    if (job?.state !== 'FAILED') return undefined;
    return { text: `The verification failed. ${reasonOf(job)}`, isFailure: true };
  }
  if (status === 'FAILED') return { text: job ? reasonOf(job) : 'The render failed.', isFailure: true };
  return { text: absenceOf(job), isFailure: false };
}

type Job = NonNullable<Video['latest_job']>;

function progressOf(job: Job): VideoNote {
  if (job.cancel_requested) return { text: 'Cancelling', isFailure: false };
  if (job.state === 'RENDERING') {
    return {
      text: `Frame ${job.frames_done} of ${job.frames_total}`,
      isFailure: false,
      doneShare: job.frames_total > 0 ? job.frames_done / job.frames_total : 0,
    };
  }
  if (job.error_code === null) return { text: 'Waiting for a worker', isFailure: false };
  return { text: `Waiting to retry. ${reasonOf(job)}`, isFailure: true };
}

function absenceOf(job: Job | null): string {
  switch (job?.state) {
    case 'CANCELLED':
      return 'The render was cancelled.';
    case 'SUCCEEDED':
      return 'The file is missing from the store.';
    default:
      return 'Not rendered yet.';
  }
}

function reasonOf({ error_code, error_message }: Job): string {
  return [error_message ?? 'No reason was given', error_code && `(${error_code})`].filter(Boolean).join(' ');
}

export const SHOWN_DIGITS = 10;

/** Such as `video 1a2b3c4d5e`, for use in a sentence. */
export function nameOf(hash: string): string {
  return `video ${hash.slice(0, SHOWN_DIGITS)}`;
}
