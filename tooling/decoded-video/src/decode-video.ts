import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** An FFmpeg to decode with, such as that of the embedded engine. */
export interface Ffmpeg {
  /** Absolute path of the program. */
  readonly ffmpeg: string;
  /** The whole environment that it needs. */
  readonly env: Readonly<Record<string, string>>;
}

/** Most bytes of a decoded video: some 700 frames of 1920x1080. */
const MAX_BYTES = 2 ** 31;

/**
 * All frames of a video, decoded: planar 4:2:0, 8 bits, one after another, none left out and none repeated.
 *
 * @throws Error with FFmpeg's own words for a file that it cannot decode
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
