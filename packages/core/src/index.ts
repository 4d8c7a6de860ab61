export * from './contracts/index.ts';
export { canonicalizeJson, type JsonValue } from './inputs/json-canonicalization.ts';
export { objectKey, VideoHashSchema, videoHash } from './inputs/video-hash.ts';
export {
  canonicalInputs,
  DurationMsSchema,
  parseCanonicalInputs,
  ScoreSchema,
  type VideoInputs,
  VideoInputsSchema,
  videoInputs,
} from './inputs/video-inputs.ts';
export { RENDERER_VERSION } from './version.ts';
export { durationInFrames, frameProgress, VIDEO_FORMAT } from './video-format.ts';
export * from './motion/index.ts';
