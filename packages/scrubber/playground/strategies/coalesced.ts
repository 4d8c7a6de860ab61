import { frameAt, frameCount, frameTime } from '@defrag/scrubber';
import type { ScrubStrategy } from './strategy.ts';

/** One seek at a time: the latest input waits for the current seek to finish. */
export const coalesced: ScrubStrategy = (video, { fps }) => {
  let target: number | undefined;
  const go = () => {
    const frames = frameCount(video.duration, fps);
    if (target === undefined || video.seeking || !frames) return;
    video.currentTime = frameTime(frameAt(target, frames), fps);
    target = undefined;
  };
  video.addEventListener('seeked', go);
  return {
    seek(value) {
      target = value;
      go();
    },
    destroy: () => video.removeEventListener('seeked', go),
  };
};
