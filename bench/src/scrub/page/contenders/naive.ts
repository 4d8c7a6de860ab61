import { naive as strategy } from '@defrag/scrubber/playground/strategies';
import { canPlayThrough, FPS, type Mount, makeVideo } from '../contender.ts';

/** Sets the video's time on each input, even during a seek. */
export const naive: Mount = async (container, src) => {
  const video = makeVideo(container, src);
  await canPlayThrough(video);
  const { seek } = strategy(video, { fps: FPS });
  return { seek, picture: () => video };
};
