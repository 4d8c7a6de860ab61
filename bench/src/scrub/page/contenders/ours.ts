import { createScrubber, VideoScrubber } from '@defrag/scrubber';
import { createDecodedScrubber } from '@defrag/scrubber/decoded';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { canPlayThrough, FPS, type Mount, makeVideo } from '../contender.ts';

/** This project's scrubber without its component, for comparison with `naive` and `coalesced`. */
export const ours: Mount = async (container, src) => {
  const video = makeVideo(container, src);
  await canPlayThrough(video);
  const { seek } = createScrubber(video, { fps: FPS });
  return { seek, picture: () => video };
};

/** The same, with frames that it decodes itself while the position moves. */
export const ourDecoded: Mount = async (container, src) => {
  const video = makeVideo(container, src);
  await canPlayThrough(video);
  const { seek, settled } = createDecodedScrubber(video, { fps: FPS });
  await settled();
  return {
    seek,
    paints: true,
    picture: () => container.querySelector('canvas') ?? video,
  };
};

/** This project's component, controlled by a changing `value`. */
export const ourComponent: Mount = async (container, src) => {
  const root = createRoot(container);
  const seek = (value: number) => root.render(createElement(VideoScrubber, { src, value, fps: FPS }));
  seek(0);
  const video = await mounted(container);
  await canPlayThrough(video);
  return { seek, picture: () => video };
};

function mounted(container: HTMLElement): Promise<HTMLVideoElement> {
  return new Promise((resolve) => {
    const look = () => {
      const video = container.querySelector('video');
      if (video) resolve(video);
      else requestAnimationFrame(look);
    };
    look();
  });
}
