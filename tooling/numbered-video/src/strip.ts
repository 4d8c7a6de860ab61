/**
 * The strip that carries the number of a frame inside the picture: a row of cells, white for 1 and black for 0. The first cell
 * is always 1 and the last one makes the number of white cells even, so that a missing or torn strip is not read as a number.
 *
 * No dependencies: tests read the strip in the browser.
 */

/** Position of the strip from the top left and size of a cell, in pixels. */
export const STRIP = { x: 64, y: 1_024, cellWidth: 64, cellHeight: 32, numberBits: 9 } as const;

/** The guard, the bits of the number and the parity. */
export const STRIP_CELLS = STRIP.numberBits + 2;

/**
 * The cells that show a number, from left to right.
 *
 * @param frame 0..511
 * @throws RangeError for any other number
 */
export function stripCells(frame: number): boolean[] {
  if (!Number.isInteger(frame) || frame < 0 || frame >= 2 ** STRIP.numberBits) {
    throw new RangeError(`A strip shows whole numbers from 0 to ${2 ** STRIP.numberBits - 1}, not ${frame}`);
  }
  const bits = Array.from(
    { length: STRIP.numberBits },
    (_, index) => ((frame >> (STRIP.numberBits - 1 - index)) & 1) === 1,
  );
  const cells = [true, ...bits];
  return [...cells, cells.filter(Boolean).length % 2 === 1];
}

/**
 * The number that cells show.
 *
 * @param brightness of the middle of each cell, 0..255, from left to right
 * @returns `undefined` when there is no complete strip
 */
export function readStrip(brightness: readonly number[]): number | undefined {
  const cells = brightness.map((value) => value > 127);
  if (cells.length !== STRIP_CELLS || cells[0] !== true) return undefined;
  if (cells.filter(Boolean).length % 2 === 1) return undefined;
  return cells.slice(1, -1).reduce((number, bit) => number * 2 + (bit ? 1 : 0), 0);
}
