import type { Video } from '@defrag/client';
import { isJobUnderWay } from '../../renders/job-state.ts';

/** What is to be known of a video besides its facts: how far it is, or why it has no file. */
export interface VideoNote {
  readonly text: string;
  readonly isFailure: boolean;
  /** How much of a render is done, 0..1; undefined when none has begun. */
  readonly doneShare?: number;
}

/** Whether a render of the video is queued or under way. */
export function isUnderWay({ latest_job }: Video): boolean {
  return isJobUnderWay(latest_job);
}

/** Whether asking again for the video may give it. */
export function isRetryable(video: Video): boolean {
  return video.latest_job !== null && (video.status === 'FAILED' || video.status === 'MISSING');
}

/** What is to be known of a video; undefined where it is there and nothing is going on. */
export function noteOf(video: Video): VideoNote | undefined {
  const { status, latest_job: job } = video;
  if (job !== null && isUnderWay(video)) return progressOf(job);
  if (status === 'READY') {
    if (job?.state !== 'FAILED') return undefined;
    return { text: `The repeated render failed. ${reasonOf(job)}`, isFailure: true };
  }
  if (status === 'FAILED') return { text: job ? reasonOf(job) : 'The render failed.', isFailure: true };
  return { text: absenceOf(job), isFailure: false };
}

type Job = NonNullable<Video['latest_job']>;

function progressOf(job: Job): VideoNote {
  if (job.cancel_requested) return { text: 'Is being cancelled', isFailure: false };
  if (job.state === 'RENDERING') {
    return {
      text: `Frame ${job.frames_done} of ${job.frames_total}`,
      isFailure: false,
      doneShare: job.frames_total > 0 ? job.frames_done / job.frames_total : 0,
    };
  }
  if (job.error_code === null) return { text: 'Waits for a worker', isFailure: false };
  return { text: `Waits for another try. ${reasonOf(job)}`, isFailure: true };
}

function absenceOf(job: Job | null): string {
  switch (job?.state) {
    case 'CANCELLED':
      return 'The render was cancelled.';
    case 'SUCCEEDED':
      return 'The file is gone from the store.';
    default:
      return 'It was never rendered.';
  }
}

function reasonOf({ error_code, error_message }: Job): string {
  return [error_message ?? 'No reason was given', error_code && `(${error_code})`].filter(Boolean).join(' ');
}
