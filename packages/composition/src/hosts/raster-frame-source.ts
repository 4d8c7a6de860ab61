import type { MotionProfile } from '@defrag/core';
import type { CanvasKit } from 'canvaskit-wasm';
import { rgbaImageInfo } from '../paint/image-info.ts';
import { createPainter } from '../paint/painter.ts';
import { buildScene } from '../scene/build-scene.ts';
import { STAGE } from '../scene/stage.ts';

/** Frame size in whole pixels. The picture is scaled to fill it. */
export type FrameSize = { width: number; height: number };

/** Draws independent frames on the CPU. */
export type FrameSource = FrameSize & {
  /** Bytes per frame: width * height * 4. */
  frameBytes: number;
  /**
   * Draws the picture at one progress (0..1).
   *
   * @returns opaque 8-bit RGBA, top row first: a view of WASM memory, valid until the next `draw` or `dispose`
   * @throws {RangeError} when progress is not a number in 0..1
   */
  draw(profile: MotionProfile, progress: number): Uint8Array<ArrayBuffer>;
  /** Frees the memory; `draw` throws afterwards. May be called twice. */
  dispose(): void;
};

/**
 * Creates a frame source with a loaded CanvasKit instance, in Node or a browser.
 *
 * @throws {RangeError} when width or height is not a positive integer
 */
export function createRasterFrameSource(canvasKit: CanvasKit, { width, height }: FrameSize): FrameSource {
  for (const [name, value] of Object.entries({ width, height })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a positive integer number of pixels, got ${value}`);
    }
  }
  const frameBytes = width * height * 4;
  const info = rgbaImageInfo(canvasKit, width, height);
  const memory = canvasKit.Malloc(Uint8Array, frameBytes);
  // MakeSurface is 25 times slower for translucent fills and would need a copy of the pixels.
  const surface = canvasKit.MakeRasterDirectSurface(info, memory, width * 4);
  if (!surface) {
    canvasKit.Free(memory);
    throw new Error(`CanvasKit could not create a surface of ${width}x${height} pixels`);
  }
  const painter = createPainter(canvasKit);
  let disposed = false;

  return {
    width,
    height,
    frameBytes,
    draw(profile, progress) {
      if (disposed) throw new Error('The frame source has been disposed');
      const scene = buildScene(profile, progress);
      const canvas = surface.getCanvas();
      canvas.save();
      canvas.scale(width / STAGE.width, height / STAGE.height);
      painter.paint(canvas, scene);
      canvas.restore();
      surface.flush();
      // A new view each time: growing WASM memory detaches old views.
      return memory.toTypedArray() as Uint8Array<ArrayBuffer>;
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      painter.dispose();
      surface.delete();
      canvasKit.Free(memory);
    },
  };
}
