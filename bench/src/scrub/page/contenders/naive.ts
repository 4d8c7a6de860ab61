import { naive as strategy } from '@defrag/scrubber/playground/strategies';
import { canPlayThrough, FPS, type Mount, makeVideo } from '../contender.ts';

/** The time of the video is set at each input, whatever the video is doing. */
export const naive: Mount = async (container, src) => {
  const video = makeVideo(container, src);
  await canPlayThrough(video);
  const { seek } = strategy(video, { fps: FPS });
  return { seek, picture: () => video };
};
