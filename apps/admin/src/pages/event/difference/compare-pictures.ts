export interface PictureDifference {
  /** Mean difference over all pixels and channels, 0..1. */
  readonly meanShare: number;
  /** Largest difference of any channel, 0..1. */
  readonly maxShare: number;
  /** Difference per channel as opaque RGBA. */
  readonly picture: Uint8ClampedArray<ArrayBuffer>;
}

/** Compares two RGBA pictures of the same size by their red, green and blue values. */
export function comparePictures(first: Uint8ClampedArray, second: Uint8ClampedArray): PictureDifference {
  const bytes = first.length;
  if (bytes === 0 || bytes !== second.length) {
    throw new RangeError(`pictures of one size are compared, got ${bytes} and ${second.length} bytes`);
  }
  const picture = new Uint8ClampedArray(bytes);
  let sum = 0;
  let max = 0;
  for (let index = 0; index < bytes; index += 1) {
    if (index % 4 === 3) {
      picture[index] = 255;
      continue;
    }
    const difference = Math.abs((first[index] ?? 0) - (second[index] ?? 0));
    picture[index] = difference;
    sum += difference;
    if (difference > max) max = difference;
  }
  return { meanShare: sum / ((bytes / 4) * 3) / 255, maxShare: max / 255, picture };
}
