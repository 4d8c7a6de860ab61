import { durationInFrames, ENCODING, type VideoInputs } from '@defrag/core';

/** A run of neighbouring frames that one worker draws and encodes. */
export interface Chunk {
  readonly inputs: VideoInputs;
  /** Zero-based index of the first frame. */
  readonly firstFrame: number;
  /** Number of frames, 1..`ENCODING.chunkFrames`. */
  readonly frames: number;
  /** Number of frames of the whole video. */
  readonly framesTotal: number;
}

/**
 * Cuts a video into chunks of `ENCODING.chunkFrames`; only the last may be shorter. The cuts depend on the length alone and
 * never on the machine, because each is a fresh start of the encoder.
 */
export function chunksOf(inputs: VideoInputs): Chunk[] {
  const framesTotal = durationInFrames(inputs.durationMs, inputs.fps);
  const chunks: Chunk[] = [];
  for (let firstFrame = 0; firstFrame < framesTotal; firstFrame += ENCODING.chunkFrames) {
    const frames = Math.min(ENCODING.chunkFrames, framesTotal - firstFrame);
    chunks.push({ inputs, firstFrame, frames, framesTotal });
  }
  return chunks;
}
