import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { VideoScroll } from 'react-video-scroll';
import { canPlayThrough, type Mount } from '../contender.ts';

/** The package `react-video-scroll`, set to the time of a position. */
export const reactVideoScroll: Mount = async (container, src) => {
  let position = 0;
  const setCurrentFrame = ({ duration }: { duration: number }) => position * duration;
  const video = await new Promise<HTMLVideoElement>((resolve) => {
    const child = createElement('video', { src, muted: true, playsInline: true, preload: 'auto' });
    const onLoad = ({ videoEl }: { videoEl: HTMLVideoElement }) => resolve(videoEl);
    createRoot(container).render(createElement(VideoScroll, { setCurrentFrame, onLoad }, child));
  });
  await canPlayThrough(video);
  return {
    seek(value) {
      position = value;
    },
    picture: () => video,
  };
};
