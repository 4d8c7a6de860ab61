/** Opaque black as a little-endian 32-bit integer. */
const BLACK = 0xff000000 | 0;

/** Length in bytes of a 4:2:0 frame: a full luma plane and two chroma planes of a quarter of its size. */
export function yuv420Bytes(width: number, height: number): number {
  return (width * height * 3) / 2;
}

/**
 * Converts a frame from RGBA to planar 4:2:0 Y'CbCr: BT.709, limited range (16..235 and 16..240), 8 bits.
 *
 * Integer arithmetic only, so that every processor gives the same bytes: FFmpeg's zscale filter calculates with
 * floating-point numbers and gives other bytes on other processors. Each chroma sample sits on the left of its two columns
 * of pixels, where H.264 expects it: weights 1, 2, 1 across, 1, 1 down. Alpha is ignored.
 *
 * @param rgba `width * height * 4` bytes, rows from the top, at an offset that is a multiple of 4
 * @param yuv receives the result, {@link yuv420Bytes} long
 * @throws RangeError when width or height is odd or a buffer has the wrong length
 */
export function convertRgbaToYuv420(rgba: Uint8Array, yuv: Uint8Array, width: number, height: number): void {
  if (width % 2 !== 0 || height % 2 !== 0)
    throw new RangeError(`Width and height must be even, not ${width}x${height}.`);
  if (rgba.length !== width * height * 4 || yuv.length !== yuv420Bytes(width, height)) {
    throw new RangeError(`The buffers do not fit a frame of ${width}x${height}.`);
  }
  const pixels = new Int32Array(rgba.buffer, rgba.byteOffset, width * height);
  // Most of the picture is black, so start with black and write only the rest.
  yuv.fill(16, 0, width * height);
  yuv.fill(128, width * height);
  for (let y = 0; y < height; y += 2) convertTwoRows(pixels, yuv, width, height, y);
}

function convertTwoRows(pixels: Int32Array, yuv: Uint8Array, width: number, height: number, y: number): void {
  const upper = y * width;
  const lower = upper + width;
  const blue = width * height + (y / 2) * (width / 2);
  const red = blue + (width * height) / 4;
  // Sums over the column of two pixels to the left of the block; at the edge the first column is used instead.
  const first = pixels[upper] as number;
  const second = pixels[lower] as number;
  let leftR = (first & 255) + (second & 255);
  let leftG = ((first >> 8) & 255) + ((second >> 8) & 255);
  let leftB = ((first >> 16) & 255) + ((second >> 16) & 255);

  for (let x = 0; x < width; x += 2) {
    const a = pixels[upper + x] as number;
    const b = pixels[upper + x + 1] as number;
    const c = pixels[lower + x] as number;
    const d = pixels[lower + x + 1] as number;
    if ((a | b | c | d) === BLACK && (leftR | leftG | leftB) === 0) continue;

    yuv[upper + x] = luma(a);
    yuv[upper + x + 1] = luma(b);
    yuv[lower + x] = luma(c);
    yuv[lower + x + 1] = luma(d);

    const rightR = (b & 255) + (d & 255);
    const rightG = ((b >> 8) & 255) + ((d >> 8) & 255);
    const rightB = ((b >> 16) & 255) + ((d >> 16) & 255);
    // Eight times the mean.
    const r = leftR + 2 * ((a & 255) + (c & 255)) + rightR;
    const g = leftG + 2 * (((a >> 8) & 255) + ((c >> 8) & 255)) + rightG;
    const bl = leftB + 2 * (((a >> 16) & 255) + ((c >> 16) & 255)) + rightB;
    // Coefficients times 2^16, each row summing to zero so that greys have no colour; 2^19 removes the factor 8 again.
    const column = x >> 1;
    yuv[blue + column] = (-6_596 * r - 22_189 * g + 28_785 * bl + CHROMA_OFFSET) >> 19;
    yuv[red + column] = (28_785 * r - 26_146 * g - 2_639 * bl + CHROMA_OFFSET) >> 19;
    leftR = rightR;
    leftG = rightG;
    leftB = rightB;
  }
}

/** 128 and a half for rounding, times 2^19. */
const CHROMA_OFFSET = (128 << 19) + (1 << 18);

/** Coefficients 0.2126, 0.7152, 0.0722, times 219/255 and 2^16; then 16 and a half for rounding. */
function luma(pixel: number): number {
  return (
    (11_966 * (pixel & 255) + 40_254 * ((pixel >> 8) & 255) + 4_064 * ((pixel >> 16) & 255) + 1_081_344) >> 16
  );
}
