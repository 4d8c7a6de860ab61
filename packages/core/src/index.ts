export * from './contracts/index.ts';
export { ENCODING } from './encoding.ts';
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
export * from './motion/index.ts';
export { RENDERER_VERSION } from './version.ts';
export { durationInFrames, frameProgress, VIDEO_FORMAT } from './video-format.ts';
