import { ENCODING } from '@defrag/core';
import { h264Arguments, mp4Arguments } from '../encoder-arguments.ts';
import { yuv420Bytes } from './rgba-to-yuv420.ts';

/** The format of the frames that an encoder takes. Pixels and frames per second. */
export interface FrameFormat {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** Arguments for FFmpeg to encode raw 4:2:0 frames from standard input to an H.264 byte stream on standard output. */
export function encodeArguments({ width, height, fps }: FrameFormat): string[] {
  return [
    // Raw frames come as images of a fixed size: Remotion's FFmpeg has no demuxer `rawvideo`.
    ...['-f', 'image2pipe', '-thread_queue_size', '1', '-threads', '1', '-c:v', 'rawvideo'],
    ...['-pixel_format', ENCODING.pixelFormat, '-video_size', `${width}x${height}`],
    ...['-frame_size', String(yuv420Bytes(width, height)), '-framerate', String(fps), '-i', 'pipe:0'],
    ...h264Arguments(),
    ...['-f', 'h264', 'pipe:1'],
  ];
}

/**
 * Arguments for FFmpeg to put an H.264 byte stream from standard input into an MP4 file, unchanged, and to report the number of
 * frames on standard output.
 */
export function joinArguments(options: { fps: number; videoHash: string; path: string }): string[] {
  const { fps, videoHash, path } = options;
  return [
    ...['-f', 'h264', '-framerate', String(fps), '-i', 'pipe:0', '-map', '0:v:0', '-c', 'copy'],
    // Removes parameter sets (7 to 9), which go into the file's header, and x264's note on itself (6). A byte stream has no
    // timestamps, so each packet gets that of its number.
    ...['-bsf:v', `filter_units=remove_types=6-9,setts=pts=N:dts=N:duration=1:time_base=1/${fps}`],
    ...['-nostats', '-progress', 'pipe:1', ...mp4Arguments(videoHash), '-y', path],
  ];
}
