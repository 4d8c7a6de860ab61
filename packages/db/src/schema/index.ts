export * from './asset-cache.ts';
export * from './backfills.ts';
export * from './friction-events.ts';
export * from './lambda-renders.ts';
export * from './render-jobs.ts';
export * from './render-workers.ts';
export * from './video-details.ts';
export * from './video-request-hours.ts';
