import { createRasterFrameSource } from '@defrag/composition';
import { type DefragVideoProps, loadCanvasKit } from '@defrag/composition/remotion';
import { deriveMotion, durationInFrames, frameProgress, VIDEO_FORMAT } from '@defrag/core';

/** Draws one frame, counted from 0, as a PNG at the video's size: the exact pixels that the engine encodes. */
export async function drawFrame(inputs: DefragVideoProps, frame: number): Promise<Blob> {
  const { width, height } = VIDEO_FORMAT;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('The browser cannot create a canvas.');
  const source = createRasterFrameSource(await loadCanvasKit(), { width, height });
  try {
    const scores = { frictionScore: inputs.friction_score, pressureScore: inputs.pressure_score };
    const progress = frameProgress(frame, durationInFrames(inputs.duration_ms));
    const pixels = source.draw(deriveMotion(scores, inputs.seed), progress);
    context.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  } finally {
    source.dispose();
  }
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('The browser cannot encode the frame as a PNG.'));
    }, 'image/png');
  });
}
