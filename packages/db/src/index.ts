/** The database of Defrag Video: schema, migrations, clients and every query. Nothing else in the system writes SQL. */

export type { Database } from './database.ts';
export { DEMO_EVENTS } from './demo/demo-events.ts';
export { seedDemoEvents } from './demo/seed-demo-events.ts';
export {
  DatabaseError,
  DatabaseFolderError,
  DatabaseInUseError,
  DatabaseUnreachableError,
  InvalidCursorError,
  MigrationError,
} from './errors.ts';
export { type Executor, executeSqlWith, type SqlRunner, type TransactionHandle } from './executor.ts';
export { type MigrationReport, migrateDatabase } from './migrations/migrate.ts';
export { DEFAULT_POOL_SIZE, openDatabase } from './open-database.ts';
export {
  type BackfillChoice,
  type BackfillSurvey,
  type BackfillWithProgress,
  completeBackfillIfDone,
  createBackfill,
  findBackfill,
  listBackfills,
  setBackfillState,
  surveyBackfill,
} from './queries/backfills.ts';
export { frictionBracket10, pressureBucket } from './queries/buckets.ts';
export { type CancelRequest, cancelRender, requestCancel } from './queries/cancel-render.ts';
export { deleteVideo, lockVideo } from './queries/delete-video.ts';
export {
  FRICTION_EVENT_SORTS,
  type FrictionEventFilters,
  type FrictionEventSort,
  type FrictionEventVideo,
  type FrictionEventWithVideo,
  findFrictionEvent,
} from './queries/friction-events.ts';
export {
  beginLambdaRender,
  discardLambdaRender,
  endLambdaRender,
  findLambdaRender,
  type LambdaRenderBegin,
  type LambdaRenderSighting,
  listLambdaRenders,
  recordLambdaInvocation,
  recordLambdaWebhook,
} from './queries/lambda-renders.ts';
export { listFrictionEvents } from './queries/list-friction-events.ts';
export { MAX_PAGE_LIMIT } from './queries/page-limit.ts';
export { findPublicAsset } from './queries/public-assets.ts';
export { type QueueRenderResult, queueRender, type RenderRequest } from './queries/queue-render.ts';
export {
  findRenderJob,
  findRenderProgress,
  listRenderJobs,
  listSilentRenderJobs,
  type RenderProgress,
  type SilentRenderJob,
} from './queries/render-jobs.ts';
export {
  listWorkers,
  recordWorkerHeartbeat,
  removeWorker,
  type WorkerFacts,
  type WorkerSighting,
} from './queries/render-workers.ts';
export {
  claimBackfill,
  nextBackfillItems,
  recordBackfillItem,
  settleBackfillItems,
  type WaitingItem,
} from './queries/run-backfill.ts';
export {
  completeRender,
  failRender,
  recordRenderProgress,
  releaseRender,
  retryRender,
  startRender,
} from './queries/run-render.ts';
export {
  countFrictionEvents,
  type EndedRenders,
  listFailedRenders,
  type QueueDepth,
  readEndedRenders,
  readQueueDepth,
  readStorageTotals,
  type StorageTotals,
} from './queries/statistics.ts';
export {
  addVideoRequests,
  listVideoRequestHours,
  type RequestCounts,
  type RequestHour,
} from './queries/video-requests.ts';
export {
  countVideos,
  findCanonicalInputs,
  findVideo,
  listVideos,
  type Video,
  type VideoFilters,
  type VideoTotals,
} from './queries/videos.ts';
export * from './schema/index.ts';
