import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** FFmpeg, such as that of the embedded engine. */
export interface Ffmpeg {
  /** Absolute path of the program. */
  readonly ffmpeg: string;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** About 700 frames of 1920x1080. */
const MAX_BYTES = 2 ** 31;

/**
 * Decodes every frame of a video exactly once: planar 4:2:0, 8 bits.
 *
 * @throws Error of FFmpeg for a file that it cannot decode
 */
export async function decodeVideo({ ffmpeg, env }: Ffmpeg, path: string): Promise<Buffer> {
  const args = [
    ...['-v', 'error'],
    ...['-i', path],
    ...['-fps_mode', 'passthrough'],
    ...['-c:v', 'rawvideo'],
    ...['-f', 'image2pipe'],
    '-',
  ];
  const { stdout } = await promisify(execFile)(ffmpeg, args, {
    env,
    encoding: 'buffer',
    maxBuffer: MAX_BYTES,
  });
  return stdout;
}
