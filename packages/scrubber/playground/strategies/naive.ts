import { frameAt, frameCount, frameTime } from '@defrag/scrubber';
import type { ScrubStrategy } from './strategy.ts';

/** Sets the time of the video at each input, whatever the video is doing. */
export const naive: ScrubStrategy = (video, { fps }) => ({
  seek(value) {
    const frames = frameCount(video.duration, fps);
    if (frames) video.currentTime = frameTime(frameAt(value, frames), fps);
  },
  destroy() {},
});
