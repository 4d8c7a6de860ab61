import { canPlayThrough, type Mount, makeVideo } from '../contender.ts';

/** A video that nobody moves: what the memory of the others is compared with. */
export const plain: Mount = async (container, src) => {
  const video = makeVideo(container, src);
  await canPlayThrough(video);
  return { seek() {}, picture: () => video };
};
