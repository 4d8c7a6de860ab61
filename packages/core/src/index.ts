export { RENDERER_VERSION } from './version.ts';
export { durationInFrames, frameProgress, VIDEO_FORMAT } from './video-format.ts';
