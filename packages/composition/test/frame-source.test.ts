import { deriveMotion } from '@defrag/core';
import { describe, expect, it } from 'vitest';
import { createFrameSource, loadCanvasKit } from '../src/hosts/headless.ts';
import { createRasterFrameSource } from '../src/hosts/raster-frame-source.ts';
import { digestOf } from './support/golden-file.ts';

const profile = deriveMotion({ frictionScore: 93, pressureScore: 90 }, 'frames');

describe('a frame source', () => {
  it.each([
    [1920, 1080],
    [360, 203],
    [1, 1],
    [1080, 1920],
  ])('draws opaque frames of %i x %i', async (width, height) => {
    const source = await createFrameSource({ width, height });
    const pixels = source.draw(profile, 0.2);
    expect(source).toMatchObject({ width, height, frameBytes: width * height * 4 });
    expect(pixels).toHaveLength(source.frameBytes);
    for (let at = 3; at < pixels.length; at += 4) {
      if (pixels[at] !== 255) throw new Error(`opacity ${pixels[at]} at byte ${at}`);
    }
    source.dispose();
  });

  it('refuses a size that is not of whole pixels, and names it', async () => {
    await expect(createFrameSource({ width: 0, height: 10 })).rejects.toThrow(/width/);
    await expect(createFrameSource({ width: 10, height: 1.5 })).rejects.toThrow(/height/);
  });

  it('refuses a progress outside 0..1 and draws on afterwards', async () => {
    const source = await createFrameSource({ width: 192, height: 108 });
    const before = digestOf(source.draw(profile, 0.5));
    expect(() => source.draw(profile, 2)).toThrow(RangeError);
    expect(digestOf(source.draw(profile, 0.5))).toBe(before);
    source.dispose();
  });

  it('hands out live memory after WASM memory has grown', async () => {
    const canvasKit = await loadCanvasKit();
    const source = createRasterFrameSource(canvasKit, { width: 192, height: 108 });
    const first = source.draw(profile, 0.5);
    const digest = digestOf(first);
    canvasKit.Malloc(Uint8Array, 256 * 1024 * 1024);
    expect(first.length, 'memory grew and detached the earlier view').toBe(0);
    expect(digestOf(source.draw(profile, 0.5))).toBe(digest);
    source.dispose();
  });

  it('draws nothing once disposed, and may be disposed twice', async () => {
    const source = await createFrameSource({ width: 16, height: 9 });
    source.dispose();
    source.dispose();
    expect(() => source.draw(profile, 0)).toThrow(/disposed/);
  });

  it('keeps no memory of the frames it has drawn', async () => {
    const canvasKit = await loadCanvasKit();
    const source = createRasterFrameSource(canvasKit, { width: 1920, height: 1080 });
    const draw = (): void => {
      for (let frame = 0; frame < 40; frame += 1) source.draw(profile, frame / 39);
    };
    const wasmBytes = (): number => source.draw(profile, 0).buffer.byteLength;
    draw();
    const before = wasmBytes();
    for (let round = 0; round < 4; round += 1) draw();
    expect(wasmBytes()).toBe(before);
    source.dispose();
  });
});
