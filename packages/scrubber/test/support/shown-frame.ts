export { shownFrame } from '@defrag/numbered-video/shown-frame';

/** Number of frames in the video `six`, at 30 frames per second. */
export const FRAMES = 180;

/** Adds a muted video to the page. The caller removes it. */
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
