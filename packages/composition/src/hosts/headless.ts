import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { CanvasKit, CanvasKitInitOptions } from 'canvaskit-wasm';
import { createRasterFrameSource, type FrameSize, type FrameSource } from './raster-frame-source.ts';

export type { FrameSize, FrameSource } from './raster-frame-source.ts';

const require = createRequire(import.meta.url);

/** Loads CanvasKit in Node. Each call returns a new instance with its own memory. */
export function loadCanvasKit(): Promise<CanvasKit> {
  const entry = require.resolve('canvaskit-wasm');
  const initialise = require(entry) as (options: CanvasKitInitOptions) => Promise<CanvasKit>;
  return initialise({ locateFile: (file) => join(dirname(entry), file) });
}

/**
 * Creates a frame source in Node, without browser, GPU or system fonts. Use one per thread.
 *
 * @throws {RangeError} when width or height is not a positive integer
 */
export async function createFrameSource(size: FrameSize): Promise<FrameSource> {
  return createRasterFrameSource(await loadCanvasKit(), size);
}
