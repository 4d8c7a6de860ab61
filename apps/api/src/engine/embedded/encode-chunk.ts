import type { FrameSource } from '@defrag/composition/headless';
import { deriveMotion, frameProgress } from '@defrag/core';
import type { Chunk } from './chunk.ts';
import { encodeArguments } from './ffmpeg-arguments.ts';
import type { FfmpegPaths } from './ffmpeg-paths.ts';
import { startFfmpeg } from './ffmpeg-process.ts';
import { convertRgbaToYuv420 } from './rgba-to-yuv420.ts';

export interface ChunkEncoder {
  readonly ffmpeg: FfmpegPaths;
  readonly frameSource: FrameSource;
  /** Two frames to convert into: one is filled while FFmpeg reads the other. */
  readonly buffers: readonly [Uint8Array, Uint8Array];
}

/**
 * Draws the frames of a chunk and encodes them with its own FFmpeg. Ends early when that FFmpeg is killed.
 *
 * @param events.onStart called with FFmpeg's process id
 * @param events.onFrames called with the number of frames sent to the encoder
 * @returns an H.264 byte stream
 * @throws AppError of the encoder; FFmpeg has exited in any case
 */
export async function encodeChunk(
  { ffmpeg, frameSource, buffers }: ChunkEncoder,
  { inputs, firstFrame, frames, framesTotal }: Chunk,
  events: { onStart(pid: number | undefined): void; onFrames(frames: number): void },
): Promise<Buffer> {
  const profile = deriveMotion(inputs, inputs.seed);
  const encoder = startFfmpeg(ffmpeg, encodeArguments(inputs));
  events.onStart(encoder.pid);
  const writes = [Promise.resolve(true), Promise.resolve(true)] satisfies [unknown, unknown];
  try {
    for (let index = 0; index < frames; index += 1) {
      const turn = index % 2 === 0 ? 0 : 1;
      if (!(await writes[turn])) break;
      const pixels = frameSource.draw(profile, frameProgress(firstFrame + index, framesTotal));
      convertRgbaToYuv420(pixels, buffers[turn], inputs.width, inputs.height);
      writes[turn] = encoder.write(buffers[turn]).then((taken) => {
        if (taken) events.onFrames(index + 1);
        return taken;
      });
    }
    encoder.end();
    return await encoder.output;
  } catch (error) {
    encoder.kill();
    await Promise.allSettled([encoder.output]);
    throw error;
  } finally {
    await Promise.all(writes);
  }
}
