export * from './asset.ts';
export * from './error.ts';
export * from './friction-event.ts';
export * from './primitives.ts';
export * from './render-video.ts';
export * from './video.ts';
