import type { CanvasKit, ImageInfo } from 'canvaskit-wasm';

/**
 * How the bytes of every picture lie in memory: RGBA of 8 bits, colours multiplied by opacity, sRGB. So a row takes
 * `width * 4` bytes.
 *
 * @param width pixels
 * @param height pixels
 */
export function rgbaImageInfo(canvasKit: CanvasKit, width: number, height: number): ImageInfo {
  return {
    width,
    height,
    colorType: canvasKit.ColorType.RGBA_8888,
    alphaType: canvasKit.AlphaType.Premul,
    colorSpace: canvasKit.ColorSpace.SRGB,
  };
}
