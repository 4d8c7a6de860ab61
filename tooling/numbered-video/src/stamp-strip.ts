import { STRIP, stripCells } from './strip.ts';

/**
 * Draws the strip of a frame number over a picture.
 *
 * @param rgba 8 bits each, rows from the top; changed in place
 * @param width of the picture in pixels
 * @param frame the number, 0..511
 */
export function stampStrip(rgba: Uint8Array, width: number, frame: number): void {
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  stripCells(frame).forEach((isWhite, cell) => {
    const left = STRIP.x + cell * STRIP.cellWidth;
    for (let y = STRIP.y; y < STRIP.y + STRIP.cellHeight; y += 1) {
      pixels.fill(isWhite ? 0xffffffff : 0xff000000, y * width + left, y * width + left + STRIP.cellWidth);
    }
  });
}
