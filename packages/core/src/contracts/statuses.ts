/** The one list of every status and state. The SQL schema, the contracts and the admin app all read it here. */

export const ASSET_TYPES = ['STILL', 'VIDEO'] as const;
export type AssetType = (typeof ASSET_TYPES)[number];

/** Status of a cached asset, as the public sees it. */
export const ASSET_STATUSES = ['MISSING', 'QUEUED', 'READY', 'FAILED'] as const;
export type AssetStatus = (typeof ASSET_STATUSES)[number];

/** How far the scores of a friction event can be trusted. */
export const FIDELITY_BUCKETS = ['HIGH', 'MEDIUM', 'LOW'] as const;
export type FidelityBucket = (typeof FIDELITY_BUCKETS)[number];

/** State of a job: one requested render, with all its tries. */
export const RENDER_JOB_STATES = ['QUEUED', 'RENDERING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type RenderJobState = (typeof RENDER_JOB_STATES)[number];

/** The states of a job that has not ended. A video has at most one active job. */
export const ACTIVE_RENDER_JOB_STATES = ['QUEUED', 'RENDERING'] as const satisfies readonly RenderJobState[];

/** Whether a job in this state has not ended yet. False for null and undefined: there is no job. */
export function isActiveJob(
  state: string | null | undefined,
): state is (typeof ACTIVE_RENDER_JOB_STATES)[number] {
  return ACTIVE_RENDER_JOB_STATES.some((active) => active === state);
}

/** Result of comparing a repeated render: no comparison yet, the same bytes, or other bytes. */
export const DETERMINISM_VERDICTS = ['UNVERIFIED', 'IDENTICAL', 'DIFFERENT'] as const;

export const BACKFILL_STATES = ['RUNNING', 'PAUSED', 'COMPLETED', 'CANCELLED'] as const;
export type BackfillState = (typeof BACKFILL_STATES)[number];

/** The states of a backfill that has not ended. At most one backfill is active. */
export const ACTIVE_BACKFILL_STATES = ['RUNNING', 'PAUSED'] as const satisfies readonly BackfillState[];

/** State of one video of a backfill. SKIPPED: the video became READY by other means, or its event was deleted. */
export const BACKFILL_ITEM_STATES = [
  'WAITING',
  'HANDED_OUT',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'SKIPPED',
] as const;
export type BackfillItemState = (typeof BACKFILL_ITEM_STATES)[number];
