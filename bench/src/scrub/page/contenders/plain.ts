import { canPlayThrough, type Mount, makeVideo } from '../contender.ts';

/** A video that is not scrubbed: the memory baseline. */
export const plain: Mount = async (container, src) => {
  const video = makeVideo(container, src);
  await canPlayThrough(video);
  return { seek() {}, picture: () => video };
};
