import type { FrictionEventDetail, RenderJob } from '@defrag/client';
import { isJobUnderWay } from '../../../renders/job-state.ts';

/** The newest render of the event's video; undefined where there was none. */
export function newestJob(event: FrictionEventDetail): RenderJob | undefined {
  return event.cached_video?.jobs[0];
}

/** Whether a render of the event's video waits or is in work. */
export function isUnderWay(event: FrictionEventDetail): boolean {
  return isJobUnderWay(newestJob(event));
}

/** What repeated renders have shown, in a sentence. */
export const DETERMINISM_TEXT = {
  UNVERIFIED: 'Nobody has rendered it twice yet. Force a render to compare its bytes.',
  IDENTICAL: 'The newest repeated render gave exactly the bytes that are stored.',
  DIFFERENT: 'The newest repeated render gave other bytes. The stored file was kept; find out what differs.',
} as const;
