import { readStrip, STRIP, STRIP_CELLS } from './strip.ts';

/** Width in pixels of a numbered video. */
const VIDEO_WIDTH = 1_920;

/** What strips are copied to: one for all, since a benchmark reads one for each picture of the display. */
const copy = new OffscreenCanvas(STRIP_CELLS, 1).getContext('2d', { willReadFrequently: true });

/**
 * The number of the frame that a picture in the browser shows now: of a numbered video, or of a canvas that shows all of one in any size.
 *
 * @returns `undefined` when there is no whole strip
 * @throws Error when its pixels may not be read
 */
export function shownFrame(picture: HTMLVideoElement | HTMLCanvasElement): number | undefined {
  if (!copy) throw new Error('There is no canvas');
  const scale = picture instanceof HTMLCanvasElement ? picture.width / VIDEO_WIDTH : 1;
  const width = STRIP.cellWidth * STRIP_CELLS * scale;
  const y = (STRIP.y + STRIP.cellHeight / 2) * scale;
  copy.imageSmoothingEnabled = false;
  copy.drawImage(picture, STRIP.x * scale, y, width, 1, 0, 0, STRIP_CELLS, 1);
  const { data } = copy.getImageData(0, 0, STRIP_CELLS, 1);
  return readStrip(Array.from({ length: STRIP_CELLS }, (_, cell) => data[cell * 4] ?? 0));
}
