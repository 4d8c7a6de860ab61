import { readStrip, STRIP, STRIP_CELLS } from './strip.ts';

const VIDEO_WIDTH = 1_920;

/** One canvas for all strips: a benchmark reads one for each refresh of the display. */
const copy = new OffscreenCanvas(STRIP_CELLS, 1).getContext('2d', { willReadFrequently: true });

/**
 * The number of the frame that an element shows: a numbered video, or a canvas with a whole frame of one in any size.
 *
 * @returns `undefined` when there is no complete strip
 * @throws Error when the pixels may not be read
 */
export function shownFrame(picture: HTMLVideoElement | HTMLCanvasElement): number | undefined {
  if (!copy) throw new Error('The browser has no OffscreenCanvas');
  const scale = picture instanceof HTMLCanvasElement ? picture.width / VIDEO_WIDTH : 1;
  const width = STRIP.cellWidth * STRIP_CELLS * scale;
  const y = (STRIP.y + STRIP.cellHeight / 2) * scale;
  copy.imageSmoothingEnabled = false;
  copy.drawImage(picture, STRIP.x * scale, y, width, 1, 0, 0, STRIP_CELLS, 1);
  const { data } = copy.getImageData(0, 0, STRIP_CELLS, 1);
  return readStrip(Array.from({ length: STRIP_CELLS }, (_, cell) => data[cell * 4] ?? 0));
}
