import { yuv420Bytes } from '../../../src/engine/embedded/rgba-to-yuv420.ts';

/** Size and speed of the synthetic frames. */
export const SYNTHETIC_FORMAT = { width: 640, height: 360, fps: 30 } as const;

/**
 * A 4:2:0 frame computed with integers only: bright diagonal lines, a slanted line that moves, a coloured ramp and some
 * noise, so that an encoder has motion to search, edges to keep and residuals to code.
 */
export function syntheticFrame(index: number): Uint8Array {
  const { width, height } = SYNTHETIC_FORMAT;
  const frame = new Uint8Array(yuv420Bytes(width, height));
  let noise = 1 + index;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      noise = (Math.imul(noise, 1_103_515_245) + 12_345) >>> 0;
      const line = (x + y * 2 + index * 3) % 61 < 2 || (x * 3 - y + index * 5) % 97 < 3;
      frame[y * width + x] = line ? 235 : 16 + ((noise >>> 24) & (y > height / 2 ? 15 : 0));
    }
  }
  const chroma = width * height;
  for (let offset = 0; offset < chroma / 2; offset += 1) {
    const x = offset % (width / 2);
    frame[chroma + offset] = 112 + (((x + index) >> 3) % 32);
  }
  return frame;
}
