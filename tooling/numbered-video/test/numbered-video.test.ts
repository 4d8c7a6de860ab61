import { ffmpegPaths } from '@defrag/api/embedded-engine';
import { VIDEO_FORMAT } from '@defrag/core';
import { decodeVideo } from '@defrag/decoded-video';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedVideo, readStrip, STRIP, STRIP_CELLS, stripCells } from '../src/index.ts';

const brightness = (cells: readonly boolean[]) => cells.map((isWhite) => (isWhite ? 235 : 16));

describe('a strip', () => {
  it('decodes every number that stripCells encodes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 511 }), (frame) => {
        expect(readStrip(brightness(stripCells(frame)))).toBe(frame);
      }),
    );
  });

  it('decodes to undefined when one cell is wrong', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 511 }), fc.nat({ max: STRIP_CELLS - 1 }), (frame, wrong) => {
        const cells = stripCells(frame).map((isWhite, cell) => isWhite !== (cell === wrong));
        expect(readStrip(brightness(cells))).toBeUndefined();
      }),
    );
  });

  it('decodes to undefined for a picture without a strip', () => {
    expect(readStrip(Array(STRIP_CELLS).fill(16))).toBeUndefined();
    expect(readStrip([])).toBeUndefined();
  });

  it.each([-1, 512, 1.5, Number.NaN])('stripCells throws for %d', (frame) => {
    expect(() => stripCells(frame)).toThrow(RangeError);
  });
});

describe('a numbered video', () => {
  it('shows the number of each frame after decoding', async () => {
    const path = await numberedVideo({ durationMs: 1_000 });
    const decoded = await decodeVideo(ffmpegPaths(), path);
    const { width, height } = VIDEO_FORMAT;
    const frameBytes = (width * height * 3) / 2;
    const row = (STRIP.y + STRIP.cellHeight / 2) * width;
    const numbers = Array.from({ length: decoded.length / frameBytes }, (_, frame) =>
      readStrip(
        Array.from({ length: STRIP_CELLS }, (_, cell) => {
          const column = STRIP.x + (cell + 0.5) * STRIP.cellWidth;
          return decoded[frame * frameBytes + row + column] ?? 0;
        }),
      ),
    );
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, frame) => frame));
  });
});
