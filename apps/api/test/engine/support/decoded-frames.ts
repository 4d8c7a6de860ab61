import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FfmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';

/**
 * Decodes the frames of a video one by one, so that a long video need not fit in memory. Each is planar 4:2:0 in a new buffer.
 *
 * @param frameBytes bytes of one frame
 */
export async function* decodedFrames(
  { ffmpeg, env }: FfmpegPaths,
  path: string,
  frameBytes: number,
): AsyncGenerator<Buffer, void, undefined> {
  const args = [
    '-v',
    'error',
    '-i',
    path,
    '-fps_mode',
    'passthrough',
    '-c:v',
    'rawvideo',
    '-f',
    'image2pipe',
    '-',
  ];
  const child = spawn(ffmpeg, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let frame = Buffer.allocUnsafe(frameBytes);
  let filled = 0;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    for (let taken = 0; taken < chunk.length; ) {
      const length = Math.min(chunk.length - taken, frameBytes - filled);
      chunk.copy(frame, filled, taken, taken + length);
      taken += length;
      filled += length;
      if (filled < frameBytes) continue;
      yield frame;
      frame = Buffer.allocUnsafe(frameBytes);
      filled = 0;
    }
  }
  const [status] = await exited;
  if (status !== 0 || filled !== 0)
    throw new Error(`FFmpeg exited with status ${status}; ${filled} bytes are left over`);
}
