import type { RenderJob } from '@defrag/client';

/** Whether a render is queued or in work. False where there is none. */
export function isJobUnderWay(job: RenderJob | null | undefined): boolean {
  return job?.state === 'QUEUED' || job?.state === 'RENDERING';
}
