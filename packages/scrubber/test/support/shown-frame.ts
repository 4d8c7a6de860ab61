import { readStrip, STRIP, STRIP_CELLS } from '@defrag/numbered-video/strip';

/** Frames of the video `six`, at 30 a second. */
export const FRAMES = 180;

/** The number of the frame that a video shows now. */
export function shownFrame(video: HTMLVideoElement): number | undefined {
  const canvas = new OffscreenCanvas(STRIP_CELLS, 1);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas');
  const y = STRIP.y + STRIP.cellHeight / 2;
  for (let cell = 0; cell < STRIP_CELLS; cell += 1) {
    const x = STRIP.x + (cell + 0.5) * STRIP.cellWidth;
    context.drawImage(video, x, y, 1, 1, cell, 0, 1, 1);
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
