import { easeBetween } from '@defrag/core';
import exp from '@stdlib/math-base-special-exp';
import type { CanvasKit, Image } from 'canvaskit-wasm';
import { BOUNDARY, STAGE } from '../scene/stage.ts';
import { rgbaImageInfo } from './image-info.ts';

const HALF_WIDTH = 76;
const OVERHANG = 30;
/** Length of the fade at both ends of the boundary. */
const FADE = 110;

/** Top left corner of the glow on the stage. */
export const GLOW_ORIGIN = { x: STAGE.centreX - HALF_WIDTH, y: BOUNDARY.top - OVERHANG } as const;

/** Draws the cool glow of the boundary once as an image: a shader or blur per frame would cost more than the rest of the picture. */
export function bakeGlow(canvasKit: CanvasKit): Image {
  const width = 2 * HALF_WIDTH;
  const height = BOUNDARY.bottom - BOUNDARY.top + 2 * OVERHANG;
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const along = easeBetween(0, FADE, Math.min(y + 0.5, height - y - 0.5));
    for (let x = 0; x < width; x += 1) {
      const distance = Math.abs(x + 0.5 - HALF_WIDTH);
      const edge = 1 - distance / HALF_WIDTH;
      const light = along * edge * (0.5 * exp(-distance / 9) + 0.26 * exp(-distance / 30));
      const at = 4 * (y * width + x);
      // #6FD8FF with premultiplied alpha.
      pixels[at] = Math.round(0x6f * light);
      pixels[at + 1] = Math.round(0xd8 * light);
      pixels[at + 2] = Math.round(0xff * light);
      pixels[at + 3] = Math.round(0xff * light);
    }
  }
  const info = rgbaImageInfo(canvasKit, width, height);
  const image = canvasKit.MakeImage(info, pixels, width * 4);
  if (!image) throw new Error('CanvasKit could not create the glow image');
  return image;
}
