import { durationInFrames, ENCODING, type VideoInputs } from '@defrag/core';

/** A run of neighbouring frames that one thread draws and encodes. */
export interface Chunk {
  readonly inputs: VideoInputs;
  readonly firstFrame: number;
  /** Number of frames, 1..`ENCODING.chunkFrames`. */
  readonly frames: number;
  readonly framesTotal: number;
}

/**
 * Cuts a video into chunks of `ENCODING.chunkFrames`; only the last may be shorter. The encoder restarts for each chunk, so
 * the cuts depend on the video's length alone and never on the machine.
 */
export function chunksOf(inputs: VideoInputs): Chunk[] {
  const framesTotal = durationInFrames(inputs.durationMs, inputs.fps);
  return Array.from({ length: Math.ceil(framesTotal / ENCODING.chunkFrames) }, (_, index) => {
    const firstFrame = index * ENCODING.chunkFrames;
    const frames = Math.min(ENCODING.chunkFrames, framesTotal - firstFrame);
    return { inputs, firstFrame, frames, framesTotal };
  });
}
