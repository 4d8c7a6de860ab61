/** What a cached asset is. */
export const ASSET_TYPES = ['STILL', 'VIDEO'] as const;
/** One of {@link ASSET_TYPES}. */
export type AssetType = (typeof ASSET_TYPES)[number];

/** Where a cached asset stands, as the public may know it. */
export const ASSET_STATUSES = ['MISSING', 'QUEUED', 'READY', 'FAILED'] as const;
/** One of {@link ASSET_STATUSES}. */
export type AssetStatus = (typeof ASSET_STATUSES)[number];

/** How much a friction event's scores are to be trusted. */
export const FIDELITY_BUCKETS = ['HIGH', 'MEDIUM', 'LOW'] as const;
/** One of {@link FIDELITY_BUCKETS}. */
export type FidelityBucket = (typeof FIDELITY_BUCKETS)[number];

/** A pressure score in three steps: LOW to 33, MED to 66, HIGH above. */
export const PRESSURE_BUCKETS = ['LOW', 'MED', 'HIGH'] as const;
/** One of {@link PRESSURE_BUCKETS}. */
export type PressureBucket = (typeof PRESSURE_BUCKETS)[number];

/** Where one requested render stands. The first two are active: a hash has at most one active job. */
export const RENDER_JOB_STATES = ['QUEUED', 'RENDERING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
/** One of {@link RENDER_JOB_STATES}. */
export type RenderJobState = (typeof RENDER_JOB_STATES)[number];

/** The states in which a render is still to end. */
export const ACTIVE_RENDER_JOB_STATES = ['QUEUED', 'RENDERING'] as const satisfies readonly RenderJobState[];

/** Where a backfill stands. The first two are active: there is at most one active backfill. */
export const BACKFILL_STATES = ['RUNNING', 'PAUSED', 'COMPLETED', 'CANCELLED'] as const;
/** One of {@link BACKFILL_STATES}. */
export type BackfillState = (typeof BACKFILL_STATES)[number];

/** The states in which a backfill is still to end. */
export const ACTIVE_BACKFILL_STATES = ['RUNNING', 'PAUSED'] as const satisfies readonly BackfillState[];

/** Where one video of a backfill stands. SKIPPED: it was READY meanwhile, or its event is gone. */
export const BACKFILL_ITEM_STATES = [
  'WAITING',
  'HANDED_OUT',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'SKIPPED',
] as const;
/** One of {@link BACKFILL_ITEM_STATES}. */
export type BackfillItemState = (typeof BACKFILL_ITEM_STATES)[number];

/** Where one render on AWS Lambda stands. The first two are active: a job has at most one active one. */
export const LAMBDA_RENDER_STATES = [
  'INVOKING',
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'TIMED_OUT',
] as const;
/** One of {@link LAMBDA_RENDER_STATES}. */
export type LambdaRenderState = (typeof LAMBDA_RENDER_STATES)[number];

/** The states in which a render on Lambda is still to end. */
export const ACTIVE_LAMBDA_RENDER_STATES = [
  'INVOKING',
  'RUNNING',
] as const satisfies readonly LambdaRenderState[];

/** How a webhook says that a render on Lambda ended. */
export const LAMBDA_WEBHOOK_OUTCOMES = ['success', 'error', 'timeout'] as const;
/** One of {@link LAMBDA_WEBHOOK_OUTCOMES}. */
export type LambdaWebhookOutcome = (typeof LAMBDA_WEBHOOK_OUTCOMES)[number];
