import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ffmpegPaths } from '@defrag/api/embedded-engine';

const run = promisify(execFile);

/** A frame as it stands in a file, in the words of ffprobe. */
export interface Packet {
  /** Time at which it is shown, in units of the track. */
  readonly pts: number;
  readonly size: number;
  /** Where its bytes begin in the file. */
  readonly pos: number;
  readonly isKeyframe: boolean;
}

/** Encodes a video anew. @param args what FFmpeg is told between the two files */
export async function encode(from: string, args: readonly string[], to: string): Promise<void> {
  const { ffmpeg, env } = ffmpegPaths();
  await run(ffmpeg, ['-v', 'error', '-y', '-i', from, ...args, to], { env });
}

/** All frames of the video of a file in the order in which they stand there, as ffprobe finds them. */
export async function packetsOf(path: string): Promise<Packet[]> {
  const { ffprobe, env } = ffmpegPaths();
  const args = ['-v', 'error', '-select_streams', 'v', '-show_packets', '-of', 'json', path];
  const { stdout } = await run(ffprobe, args, { env, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout).packets.map(
    ({ pts, size, pos, flags }: { pts: number; size: string; pos: string; flags: string }) => ({
      pts,
      size: Number(size),
      pos: Number(pos),
      isKeyframe: flags.startsWith('K'),
    }),
  );
}
