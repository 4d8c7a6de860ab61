import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertRgbaToYuv420, yuv420Bytes } from '../../../src/engine/embedded/rgba-to-yuv420.ts';

const WIDTH = 6;
const HEIGHT = 4;

type Pixel = readonly [red: number, green: number, blue: number];

function convert(pixels: readonly Pixel[], width = WIDTH, height = HEIGHT): Uint8Array {
  const yuv = new Uint8Array(yuv420Bytes(width, height)).fill(77);
  convertRgbaToYuv420(Uint8Array.from(pixels.flatMap((pixel) => [...pixel, 255])), yuv, width, height);
  return yuv;
}

/** The definition of BT.709 in floating point: luma 0..1, colour differences -0.5..0.5. */
function definition([red, green, blue]: Pixel) {
  const luma = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  return { luma, cb: (blue / 255 - luma) / 1.8556, cr: (red / 255 - luma) / 1.5748 };
}

function expected(pixels: readonly Pixel[]): number[] {
  const at = (x: number, y: number) => definition(pixels[y * WIDTH + Math.max(0, x)] as Pixel);
  const chroma = (component: 'cb' | 'cr') =>
    Array.from({ length: (WIDTH * HEIGHT) / 4 }, (_, index) => {
      const x = (index % (WIDTH / 2)) * 2;
      const y = Math.floor(index / (WIDTH / 2)) * 2;
      const row = (line: number) =>
        (at(x - 1, line)[component] + 2 * at(x, line)[component] + at(x + 1, line)[component]) / 4;
      return 128 + (224 * (row(y) + row(y + 1))) / 2;
    });
  return [...pixels.map((pixel) => 16 + 219 * definition(pixel).luma), ...chroma('cb'), ...chroma('cr')];
}

const channel = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constant(0), fc.constant(255));
const pixel = fc.oneof(fc.tuple(channel, channel, channel), fc.constant([0, 0, 0] as const));
const frame = fc.array(pixel, { minLength: WIDTH * HEIGHT, maxLength: WIDTH * HEIGHT });

describe('convertRgbaToYuv420', () => {
  test('matches the rounded BT.709 definition on every frame', () => {
    fc.assert(
      fc.property(frame, (pixels) => {
        const actual = convert(pixels);
        for (const [index, value] of expected(pixels).entries()) {
          expect(Math.abs((actual[index] as number) - value)).toBeLessThan(0.51);
        }
      }),
    );
  });

  test('converts greys to neutral chroma, black to 16 and white to 235', () => {
    for (let grey = 0; grey < 256; grey += 1) {
      const yuv = convert(Array<Pixel>(WIDTH * HEIGHT).fill([grey, grey, grey]));
      expect([...yuv.subarray(WIDTH * HEIGHT)].every((chroma) => chroma === 128)).toBe(true);
      if (grey === 0) expect(yuv[0]).toBe(16);
      if (grey === 255) expect(yuv[0]).toBe(235);
    }
  });

  test('overwrites the whole buffer', () => {
    const black = convert(Array<Pixel>(WIDTH * HEIGHT).fill([0, 0, 0]));
    expect([...black]).toEqual([...Array(24).fill(16), ...Array(12).fill(128)]);
  });

  test('throws for odd sizes and buffers of the wrong length', () => {
    expect(() => convert(Array<Pixel>(15).fill([0, 0, 0]), 5, 3)).toThrow(RangeError);
    expect(() => convertRgbaToYuv420(new Uint8Array(16), new Uint8Array(5), 2, 2)).toThrow(RangeError);
    expect(() => convertRgbaToYuv420(new Uint8Array(12), new Uint8Array(6), 2, 2)).toThrow(RangeError);
  });
});
