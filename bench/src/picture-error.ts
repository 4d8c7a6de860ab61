/** Sum of the squared differences between two arrays of samples of equal length. */
export function squaredError(left: Uint8Array, right: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] as number) - (right[index] as number);
    sum += difference * difference;
  }
  return sum;
}

/** PSNR of 8-bit samples in decibels; infinite when there is no error. */
export function peakSignalToNoiseDb(sumOfSquaredErrors: number, samples: number): number {
  return 10 * Math.log10((255 * 255 * samples) / sumOfSquaredErrors);
}
