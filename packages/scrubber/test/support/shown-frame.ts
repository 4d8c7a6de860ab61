import { readStrip, STRIP, STRIP_CELLS } from '@defrag/numbered-video/strip';

/** Frames of the video `six`, at 30 a second. */
export const FRAMES = 180;

/** Width in pixels of the videos that carry numbers. */
const VIDEO_WIDTH = 1_920;

/** The number of the frame that a video, or a canvas in its place, shows now. */
export function shownFrame(picture: HTMLVideoElement | HTMLCanvasElement): number | undefined {
  const width = picture instanceof HTMLCanvasElement ? picture.width : VIDEO_WIDTH;
  const scale = width / VIDEO_WIDTH;
  const canvas = new OffscreenCanvas(STRIP_CELLS, 1);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas');
  const y = (STRIP.y + STRIP.cellHeight / 2) * scale;
  for (let cell = 0; cell < STRIP_CELLS; cell += 1) {
    const x = (STRIP.x + (cell + 0.5) * STRIP.cellWidth) * scale;
    context.drawImage(picture, x, y, 1, 1, cell, 0, 1, 1);
  }
  const { data } = context.getImageData(0, 0, STRIP_CELLS, 1);
  return readStrip(Array.from({ length: STRIP_CELLS }, (_, cell) => data[cell * 4] ?? 0));
}

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
