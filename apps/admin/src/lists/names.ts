import type { Choices } from './choice-select.tsx';

/** What the statuses of a video are called. */
export const STATUS_NAMES: Choices<'MISSING' | 'QUEUED' | 'READY' | 'FAILED'> = {
  MISSING: 'Missing',
  QUEUED: 'Queued',
  READY: 'Ready',
  FAILED: 'Failed',
};
