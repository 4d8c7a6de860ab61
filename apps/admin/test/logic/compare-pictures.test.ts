import { describe, expect, it } from 'vitest';
import { comparePictures } from '../../src/pages/event/difference/compare-pictures.ts';

const picture = (...bytes: number[]) => new Uint8ClampedArray(bytes);

describe('comparePictures', () => {
  it('finds no difference between equal pictures', () => {
    const same = picture(0, 128, 255, 255, 7, 8, 9, 255);
    expect(comparePictures(same, same.slice())).toMatchObject({ meanShare: 0, maxShare: 0 });
  });

  it('returns the mean over all pixels and channels, and the maximum', () => {
    const found = comparePictures(
      picture(0, 0, 0, 255, 0, 0, 0, 255),
      picture(255, 51, 0, 255, 0, 0, 102, 255),
    );
    expect(found.meanShare).toBeCloseTo((255 + 51 + 102) / 6 / 255);
    expect(found.maxShare).toBe(1);
  });

  it('is symmetric and returns the difference of each channel as an opaque picture', () => {
    const [first, second] = [picture(10, 200, 30, 255), picture(30, 100, 30, 255)];
    const found = comparePictures(first, second);
    expect([...found.picture]).toEqual([20, 100, 0, 255]);
    expect(comparePictures(second, first)).toEqual(found);
  });

  it('ignores the alpha channel', () => {
    expect(comparePictures(picture(1, 2, 3, 0), picture(1, 2, 3, 255)).maxShare).toBe(0);
  });

  it('throws for pictures of different sizes and for empty ones', () => {
    expect(() => comparePictures(picture(0, 0, 0, 255), picture())).toThrow(RangeError);
    expect(() => comparePictures(picture(), picture())).toThrow(RangeError);
  });
});
