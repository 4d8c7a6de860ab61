import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ffmpegPaths } from '@defrag/api/embedded-engine';

const run = promisify(execFile);

/** An encoded frame as reported by ffprobe. */
export interface Packet {
  /** Presentation time in units of the track's timescale. */
  readonly pts: number;
  readonly size: number;
  /** Byte offset in the file. */
  readonly pos: number;
  readonly isKeyframe: boolean;
}

/** Re-encodes a video. @param args FFmpeg's output options */
export async function encode(from: string, args: readonly string[], to: string): Promise<void> {
  const { ffmpeg, env } = ffmpegPaths();
  await run(ffmpeg, ['-v', 'error', '-y', '-i', from, ...args, to], { env });
}

/** All video frames of a file in file order, from ffprobe. */
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
