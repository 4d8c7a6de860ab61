import type { MotionProfile } from '@defrag/core';
import type { CanvasKit } from 'canvaskit-wasm';
import { rgbaImageInfo } from '../paint/image-info.ts';
import { createPainter } from '../paint/painter.ts';
import { buildScene } from '../scene/build-scene.ts';
import { STAGE } from '../scene/stage.ts';

/** The size of the frames, in whole pixels. The picture is scaled to fill it. */
export type FrameSize = { width: number; height: number };

/** Draws frames on the CPU, one after another, each independent of the others. */
export type FrameSource = FrameSize & {
  /** Length of a frame: width * height * 4. */
  frameBytes: number;
  /**
   * Draws the picture at one progress (0..1).
   *
   * @returns RGBA, 8 bits each, opaque, rows from the top: a view of WASM memory, valid until the next `draw` or `dispose`
   */
  draw(profile: MotionProfile, progress: number): Uint8Array<ArrayBuffer>;
  /** Frees the memory. Draws nothing afterwards. May be called twice. */
  dispose(): void;
};

/**
 * A frame source on a CanvasKit instance that is already loaded; works in Node and in browsers.
 *
 * @throws {RangeError} when width or height is not a positive whole number
 */
export function createRasterFrameSource(canvasKit: CanvasKit, { width, height }: FrameSize): FrameSource {
  for (const [name, value] of Object.entries({ width, height })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a positive whole number of pixels, got ${value}`);
    }
  }
  const frameBytes = width * height * 4;
  const info = rgbaImageInfo(canvasKit, width, height);
  const memory = canvasKit.Malloc(Uint8Array, frameBytes);
  // MakeSurface would be 25 times slower on translucent fills, and its pixels would have to be copied out.
  const surface = canvasKit.MakeRasterDirectSurface(info, memory, width * 4);
  if (!surface) {
    canvasKit.Free(memory);
    throw new Error(`CanvasKit could not make a surface of ${width}x${height}`);
  }
  const painter = createPainter(canvasKit);
  let disposed = false;

  return {
    width,
    height,
    frameBytes,
    draw(profile, progress) {
      if (disposed) throw new Error('This frame source is disposed');
      const scene = buildScene(profile, progress);
      const canvas = surface.getCanvas();
      canvas.save();
      canvas.scale(width / STAGE.width, height / STAGE.height);
      painter.paint(canvas, scene);
      canvas.restore();
      surface.flush();
      // Asked for anew each time: the view of before is detached when WASM memory has grown.
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
