/** Sum of the squared differences of two equally long runs of samples. */
export function squaredError(left: Uint8Array, right: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] as number) - (right[index] as number);
    sum += difference * difference;
  }
  return sum;
}

/** Peak signal-to-noise ratio of samples of 8 bits, decibels; infinite when there is no error. */
export function peakSignalToNoiseDb(sumOfSquaredErrors: number, samples: number): number {
  return 10 * Math.log10((255 * 255 * samples) / sumOfSquaredErrors);
}
