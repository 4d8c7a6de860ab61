import { readStrip, STRIP, STRIP_CELLS } from './strip.ts';

/** Width in pixels of a numbered video. */
const VIDEO_WIDTH = 1_920;

/**
 * The number of the frame that a picture in the browser shows now: of a numbered video, or of a canvas that shows all of one in any size.
 *
 * @returns `undefined` when there is no whole strip
 * @throws Error when its pixels may not be read
 */
export function shownFrame(picture: HTMLVideoElement | HTMLCanvasElement): number | undefined {
  const context = new OffscreenCanvas(STRIP_CELLS, 1).getContext('2d');
  if (!context) throw new Error('There is no canvas');
  const scale = picture instanceof HTMLCanvasElement ? picture.width / VIDEO_WIDTH : 1;
  const y = (STRIP.y + STRIP.cellHeight / 2) * scale;
  for (let cell = 0; cell < STRIP_CELLS; cell += 1) {
    const x = (STRIP.x + (cell + 0.5) * STRIP.cellWidth) * scale;
    context.drawImage(picture, x, y, 1, 1, cell, 0, 1, 1);
  }
  const { data } = context.getImageData(0, 0, STRIP_CELLS, 1);
  return readStrip(Array.from({ length: STRIP_CELLS }, (_, cell) => data[cell * 4] ?? 0));
}
