import type { CanvasKit, ImageInfo } from 'canvaskit-wasm';

/** Pixel format of every image: 8-bit RGBA, premultiplied alpha, sRGB; a row is `width * 4` bytes. Sizes are in pixels. */
export function rgbaImageInfo(canvasKit: CanvasKit, width: number, height: number): ImageInfo {
  return {
    width,
    height,
    colorType: canvasKit.ColorType.RGBA_8888,
    alphaType: canvasKit.AlphaType.Premul,
    colorSpace: canvasKit.ColorSpace.SRGB,
  };
}
