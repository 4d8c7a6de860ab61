import ScrollyVideo from 'scrolly-video/dist/ScrollyVideo.js';
import type { Mount } from '../contender.ts';

/** The package `scrolly-video`, which decodes the whole video into memory. */
export const scrollyVideo: Mount = (container, src) => mount(container, src, false);

/** The same, jumping to a position instead of animating. */
export const scrollyVideoJumping: Mount = (container, src) => mount(container, src, true);

async function mount(container: HTMLElement, src: string, jump: boolean) {
  let scrolly: ScrollyVideo | undefined;
  await new Promise<void>((onReady) => {
    const options = { full: false, sticky: false, cover: false, trackScroll: false };
    scrolly = new ScrollyVideo({ ...options, src, scrollyVideoContainer: container, onReady });
  });
  return {
    seek: (value: number) => scrolly?.setVideoPercentage(value, { jump }),
    picture() {
      const picture = scrolly?.canvas ?? scrolly?.video;
      if (!picture) throw new Error('scrolly-video shows no picture');
      return picture;
    },
  };
}
