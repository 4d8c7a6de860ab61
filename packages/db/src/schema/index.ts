export { assetCachePrivate } from './asset-cache-private.ts';
export { assetCachePublic, type PublicAsset } from './asset-cache-public.ts';
export { type FrictionEvent, frictionEvents } from './friction-events.ts';
export { type RenderJob, renderJobs } from './render-jobs.ts';
export { type VideoDetails, videoDetails } from './video-details.ts';
export * from './vocabulary.ts';
