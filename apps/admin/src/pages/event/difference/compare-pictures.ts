/** What {@link comparePictures} finds. */
export interface PictureDifference {
  /** Mean over all pixels and channels of the difference, 0..1 of the whole range. */
  readonly meanShare: number;
  /** The largest difference of any channel of any pixel, 0..1. */
  readonly maxShare: number;
  /** Where they differ: the difference of each channel as RGBA, opaque, as large as the pictures. */
  readonly picture: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * Compares two pictures pixel by pixel in red, green and blue.
 *
 * @param first RGBA, eight bits each
 * @param second RGBA of the same size
 * @throws {RangeError} when the sizes differ, or there is no pixel
 */
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
