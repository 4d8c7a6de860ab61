import { createFrameSource } from '@defrag/composition/headless';
import { deriveMotion, frameProgress, type VideoInputs } from '@defrag/core';
import { decodeVideo } from '@defrag/decoded-video';
import { expect } from 'vitest';
import { ffmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';
import { convertRgbaToYuv420, yuv420Bytes } from '../../../src/engine/embedded/rgba-to-yuv420.ts';
import { peakSignalToNoise } from './peak-signal-to-noise.ts';

/** PSNR below which compression is visible around thin lines (dB). */
const FLOOR_DB = 42;

/** Expects every decoded frame to match the drawn frame within the compression tolerance, in luma and both chroma planes. */
export async function expectPictures(path: string, inputs: VideoInputs, frames: number): Promise<void> {
  const { width, height } = inputs;
  const source = await createFrameSource({ width, height });
  const profile = deriveMotion(inputs, inputs.seed);
  const drawn = new Uint8Array(yuv420Bytes(width, height));
  const decoded = await decodeVideo(ffmpegPaths(), path);
  expect(decoded.length).toBe(frames * drawn.length);
  for (let frame = 0; frame < frames; frame += 1) {
    convertRgbaToYuv420(source.draw(profile, frameProgress(frame, frames)), drawn, width, height);
    const picture = decoded.subarray(frame * drawn.length, (frame + 1) * drawn.length);
    const [lumaEnd, blueEnd] = [width * height, (width * height * 5) / 4];
    for (const [start, end] of [
      [0, lumaEnd],
      [lumaEnd, blueEnd],
      [blueEnd, drawn.length],
    ] as const) {
      const db = peakSignalToNoise(drawn.subarray(start, end), picture.subarray(start, end));
      expect(db, `frame ${frame}, plane from ${start}`).toBeGreaterThan(FLOOR_DB);
    }
  }
  source.dispose();
}
