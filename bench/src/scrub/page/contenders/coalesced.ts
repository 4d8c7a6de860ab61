import { coalesced as strategy } from '@defrag/scrubber/playground/strategies';
import { canPlayThrough, FPS, type Mount, makeVideo } from '../contender.ts';

/** One seek at a time; the newest input waits for the previous seek. */
export const coalesced: Mount = async (container, src) => {
  const video = makeVideo(container, src);
  await canPlayThrough(video);
  const { seek } = strategy(video, { fps: FPS });
  return { seek, picture: () => video };
};
