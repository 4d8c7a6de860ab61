import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { CanvasKit, CanvasKitInitOptions } from 'canvaskit-wasm';
import { createRasterFrameSource, type FrameSize, type FrameSource } from './raster-frame-source.ts';

export type { FrameSize, FrameSource } from './raster-frame-source.ts';

const require = createRequire(import.meta.url);

/** Loads CanvasKit in Node. Each call makes an instance with a memory of its own. */
export function loadCanvasKit(): Promise<CanvasKit> {
  const entry = require.resolve('canvaskit-wasm');
  const initialise = require(entry) as (options: CanvasKitInitOptions) => Promise<CanvasKit>;
  return initialise({ locateFile: (file) => join(dirname(entry), file) });
}

/**
 * A frame source for Node: no browser, no GPU, no fonts of the system. Use one per thread.
 *
 * @throws {RangeError} when width or height is not a positive whole number
 */
export async function createFrameSource(size: FrameSize): Promise<FrameSource> {
  return createRasterFrameSource(await loadCanvasKit(), size);
}
