/** PSNR of two planes of 8-bit samples of equal length, in decibels; infinite when they are equal. */
export function peakSignalToNoise(left: Uint8Array, right: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) {
    sum += ((left[index] as number) - (right[index] as number)) ** 2;
  }
  return 10 * Math.log10((255 * 255 * left.length) / sum);
}
