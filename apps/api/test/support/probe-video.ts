import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { ffmpegPaths } from '../../src/engine/embedded/ffmpeg-paths.ts';

const run = promisify(execFile);

/** The result of {@link probeVideo} for every video, except its length: the format that players and scrubbers rely on. */
export const VIDEO_FILE_FORMAT = {
  codec: 'h264',
  width: 1920,
  height: 1080,
  pixelFormat: 'yuv420p',
  colorRange: 'tv',
  colorSpace: 'bt709',
  colorPrimaries: 'bt709',
  colorTransfer: 'bt709',
  frameRate: '30/1',
  averageFrameRate: '30/1',
  isFaststart: true,
  hasBFrames: false,
  longestKeyframeIntervalFrames: 5,
} as const;

/** Reads the format of a video with ffprobe and from the MP4 boxes. */
export async function probeVideo(path: string) {
  const ffmpeg = ffmpegPaths();
  const { stdout } = await run(
    ffmpeg.ffprobe,
    [
      '-v',
      'error',
      '-show_streams',
      '-show_format',
      '-show_packets',
      '-select_streams',
      'v',
      '-of',
      'json',
      path,
    ],
    { env: ffmpeg.env, maxBuffer: 64 * 1024 * 1024 },
  );
  const { streams, packets, format } = JSON.parse(stdout);
  const keyframes = packets.flatMap(({ flags }: { flags: string }, index: number) =>
    flags.startsWith('K') ? [index] : [],
  );
  const intervals = keyframes.map((index: number, k: number) => (keyframes[k + 1] ?? packets.length) - index);
  const file = await readFile(path);
  const [stream] = streams;
  return {
    frames: packets.length,
    codec: stream.codec_name,
    width: stream.width,
    height: stream.height,
    pixelFormat: stream.pix_fmt,
    colorRange: stream.color_range,
    colorSpace: stream.color_space,
    colorPrimaries: stream.color_primaries,
    colorTransfer: stream.color_transfer,
    frameRate: stream.r_frame_rate,
    averageFrameRate: stream.avg_frame_rate,
    durationSeconds: Number(format.duration),
    isFaststart: file.indexOf('moov') < file.indexOf('mdat'),
    hasBFrames: packets.some(({ pts, dts }: { pts: number; dts: number }) => pts !== dts),
    longestKeyframeIntervalFrames: Math.max(...intervals),
  };
}
