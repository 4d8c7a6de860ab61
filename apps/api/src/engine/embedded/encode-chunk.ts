import type { FrameSource } from '@defrag/composition/headless';
import { deriveMotion, frameProgress } from '@defrag/core';
import type { Chunk } from './chunk.ts';
import { encodeArguments } from './ffmpeg-arguments.ts';
import type { FfmpegPaths } from './ffmpeg-paths.ts';
import { startFfmpeg } from './ffmpeg-process.ts';
import { convertRgbaToYuv420 } from './rgba-to-yuv420.ts';

/** What a worker keeps from chunk to chunk. */
export interface ChunkEncoder {
  readonly ffmpeg: FfmpegPaths;
  readonly frameSource: FrameSource;
  /** Two frames to convert into: one is filled while FFmpeg reads the other. */
  readonly buffers: readonly [Uint8Array, Uint8Array];
}

/** What happens while a chunk is encoded. */
export interface ChunkEvents {
  /** FFmpeg runs as this process. */
  onEncoder(pid: number): void;
  /** One more frame has gone into the encoder. */
  onFrame(): void;
}

/**
 * Draws the frames of a chunk and encodes them with an FFmpeg of its own.
 *
 * @returns an H.264 byte stream
 * @throws AppError of the encoder, or the reason of the signal; FFmpeg is gone in any case
 */
export async function encodeChunk(
  { ffmpeg, frameSource, buffers }: ChunkEncoder,
  chunk: Chunk,
  signal: AbortSignal,
  events: ChunkEvents,
): Promise<Buffer> {
  signal.throwIfAborted();
  const { inputs, firstFrame, framesTotal } = chunk;
  const profile = deriveMotion(inputs, inputs.seed);
  const encoder = startFfmpeg(ffmpeg, encodeArguments(inputs));
  if (encoder.pid !== undefined) events.onEncoder(encoder.pid);
  signal.addEventListener('abort', encoder.kill, { once: true });
  const writes = [Promise.resolve(true), Promise.resolve(true)] satisfies [unknown, unknown];
  try {
    for (let index = 0; index < chunk.frames; index += 1) {
      const turn = index % 2 === 0 ? 0 : 1;
      if (!(await writes[turn]) || signal.aborted) break;
      const pixels = frameSource.draw(profile, frameProgress(firstFrame + index, framesTotal));
      convertRgbaToYuv420(pixels, buffers[turn], inputs.width, inputs.height);
      writes[turn] = encoder.write(buffers[turn]).then((taken) => {
        if (taken) events.onFrame();
        return taken;
      });
    }
    encoder.end();
    return await encoder.output;
  } catch (error) {
    encoder.kill();
    await Promise.allSettled([encoder.output]);
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', encoder.kill);
    await Promise.all(writes);
  }
}
