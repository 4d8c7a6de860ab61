import { deriveMotion } from '@defrag/core';
import { describe, expect, it } from 'vitest';
import { createFrameSource, loadCanvasKit } from '../src/hosts/headless.ts';
import { createRasterFrameSource } from '../src/hosts/raster-frame-source.ts';
import { digestOf } from './support/golden-file.ts';

const profile = deriveMotion({ frictionScore: 93, pressureScore: 90 }, 'frames');

describe('createFrameSource', () => {
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

  it('throws RangeError naming width or height when it is not a positive integer', async () => {
    await expect(createFrameSource({ width: 0, height: 10 })).rejects.toThrow(/width/);
    await expect(createFrameSource({ width: 10, height: 1.5 })).rejects.toThrow(/height/);
  });

  it('throws RangeError for progress 2 and still draws afterwards', async () => {
    const source = await createFrameSource({ width: 192, height: 108 });
    const before = digestOf(source.draw(profile, 0.5));
    expect(() => source.draw(profile, 2)).toThrow(RangeError);
    expect(digestOf(source.draw(profile, 0.5))).toBe(before);
    source.dispose();
  });

  it('returns a live view after WASM memory has grown', async () => {
    const canvasKit = await loadCanvasKit();
    const source = createRasterFrameSource(canvasKit, { width: 192, height: 108 });
    const first = source.draw(profile, 0.5);
    const digest = digestOf(first);
    canvasKit.Malloc(Uint8Array, 256 * 1024 * 1024);
    expect(first.length, 'memory grew and detached the earlier view').toBe(0);
    expect(digestOf(source.draw(profile, 0.5))).toBe(digest);
    source.dispose();
  });

  it('throws after dispose, which may be called twice', async () => {
    const source = await createFrameSource({ width: 16, height: 9 });
    source.dispose();
    source.dispose();
    expect(() => source.draw(profile, 0)).toThrow(/disposed/);
  });

  it('does not grow WASM memory over 160 frames', async () => {
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
