export * from './contracts/index.ts';
export { ENCODING } from './encoding.ts';
export { objectKey, VideoHashSchema } from './inputs/video-hash.ts';
export {
  DurationMsSchema,
  parseCanonicalInputs,
  ScoreSchema,
  type VideoInputs,
  videoInputs,
} from './inputs/video-inputs.ts';
export * from './motion/index.ts';
export { RENDERER_VERSION } from './version.ts';
export { durationInFrames, frameProgress, VIDEO_FORMAT } from './video-format.ts';
