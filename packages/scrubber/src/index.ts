export {
  type BufferedRange,
  createScrubber,
  type ScrubberController,
  type ScrubberOptions,
  type ScrubberStatus,
} from './core/create-scrubber.ts';
export { frameAt, frameCount, frameTime } from './core/frames.ts';
export { ScrubberError, type ScrubberErrorCode } from './core/scrubber-error.ts';
export { ScrubSlider, type ScrubSliderProps } from './react/scrub-slider.tsx';
export { type UseVideoScrubOptions, useVideoScrub, type VideoScrub } from './react/use-video-scrub.ts';
export { VideoScrubber, type VideoScrubberProps } from './react/video-scrubber.tsx';
