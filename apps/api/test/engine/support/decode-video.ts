import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { FfmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';

/** All frames of a video, decoded: planar 4:2:0, one after another. */
export async function decodeVideo({ ffmpeg, env }: FfmpegPaths, path: string): Promise<Buffer> {
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
  const { stdout } = await promisify(execFile)(ffmpeg, args, { env, encoding: 'buffer', maxBuffer: 2 ** 31 });
  return stdout;
}
