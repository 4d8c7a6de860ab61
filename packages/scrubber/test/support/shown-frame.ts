export { shownFrame } from '@defrag/numbered-video/shown-frame';

/** Frames of the video `six`, at 30 a second. */
export const FRAMES = 180;

/** A muted video in the page, as an app would make one; gone after the test that made it. */
export function makeVideo(attributes: Partial<HTMLVideoElement> = {}): HTMLVideoElement {
  const video = document.createElement('video');
  Object.assign(
    video,
    { muted: true, playsInline: true, preload: 'auto', crossOrigin: 'anonymous' },
    attributes,
  );
  video.style.width = '640px';
  document.body.append(video);
  return video;
}
