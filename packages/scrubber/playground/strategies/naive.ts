import { frameAt, frameCount, frameTime } from '@defrag/scrubber';
import type { ScrubStrategy } from './strategy.ts';

/** Sets `currentTime` on every input, even during a seek. */
export const naive: ScrubStrategy = (video, { fps }) => ({
  seek(value) {
    const frames = frameCount(video.duration, fps);
    if (frames) video.currentTime = frameTime(frameAt(value, frames), fps);
  },
  destroy() {},
});
