import { createFrameSource } from '@defrag/composition/headless';
import { deriveMotion, frameProgress, videoHash, videoInputs } from '@defrag/core';
import { decodeVideo } from '@defrag/decoded-video';
import { expect, test } from 'vitest';
import { ffmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';
import { convertRgbaToYuv420, yuv420Bytes } from '../../../src/engine/embedded/rgba-to-yuv420.ts';
import { peakSignalToNoise } from '../support/peak-signal-to-noise.ts';
import { startTestEngine } from '../support/test-engine.ts';

/** Below this, compression shows around thin lines (dB). */
const FLOOR_DB = 42;

test('every decoded frame is the frame that was drawn, within what compression may take', {
  timeout: 120_000,
}, async () => {
  const { engine, request } = await startTestEngine();
  // The scores with the most to draw.
  const inputs = videoInputs({ frictionScore: 100, pressureScore: 100, seed: 'test', durationMs: 1_000 });
  const { width, height } = inputs;
  const video = await engine.render(request({ inputs, videoHash: videoHash(inputs) }));

  const source = await createFrameSource({ width, height });
  const profile = deriveMotion(inputs, inputs.seed);
  const drawn = new Uint8Array(yuv420Bytes(width, height));
  const decoded = await decodeVideo(ffmpegPaths(), video.path);
  expect(decoded.length).toBe(video.frames * drawn.length);
  for (let frame = 0; frame < video.frames; frame += 1) {
    convertRgbaToYuv420(source.draw(profile, frameProgress(frame, video.frames)), drawn, width, height);
    const start = frame * drawn.length;
    const samples = width * height;
    const luma = peakSignalToNoise(drawn.subarray(0, samples), decoded.subarray(start, start + samples));
    expect(luma, `frame ${frame}`).toBeGreaterThan(FLOOR_DB);
  }
  source.dispose();
});
