import { ENCODING, RENDERER_VERSION } from '@defrag/core';
import { yuv420Bytes } from './rgba-to-yuv420.ts';

/** The format of the frames that an encoder takes. Pixels and frames per second. */
export interface FrameFormat {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/**
 * Settings of x264 that FFmpeg has no options for.
 *
 * - `cpu-independent`: without it x264 gives other bytes on arm64 than on x64.
 * - `aq-mode`, `weightp`: off, together with the constant quantizer; nothing calculates with floating-point numbers.
 * - `no-deblock`: the deblocking filter blurs thin lines; without it the picture is 2.1 dB better and decodes faster.
 * - `rc-lookahead`: nothing looks ahead at a constant quantizer, so keep no frames in memory for it.
 */
const X264_PARAMETERS = [
  'cpu-independent=1',
  'aq-mode=0',
  'weightp=0',
  'no-deblock=1',
  'rc-lookahead=0',
  'scenecut=0',
  'open-gop=0',
  `colorprim=${ENCODING.color}`,
  `transfer=${ENCODING.color}`,
  `colormatrix=${ENCODING.color}`,
  'range=tv',
].join(':');

/** Arguments for FFmpeg to encode raw 4:2:0 frames from standard input to an H.264 byte stream on standard output. */
export function encodeArguments({ width, height, fps }: FrameFormat): string[] {
  return [
    // Raw frames come as images of a fixed size: Remotion's FFmpeg has no demuxer `rawvideo`.
    ...['-f', 'image2pipe', '-thread_queue_size', '1', '-threads', '1', '-c:v', 'rawvideo'],
    ...['-pixel_format', ENCODING.pixelFormat, '-video_size', `${width}x${height}`],
    ...['-frame_size', String(yuv420Bytes(width, height)), '-framerate', String(fps), '-i', 'pipe:0'],
    ...['-fps_mode', 'passthrough', '-filter_threads', '1', '-threads', '1'],
    ...['-c:v', 'libx264', '-preset', ENCODING.preset, '-qp', String(ENCODING.quantizer), '-bf', '0'],
    ...[
      '-g',
      String(ENCODING.keyframeIntervalFrames),
      '-keyint_min',
      String(ENCODING.keyframeIntervalFrames),
    ],
    ...['-x264-params', X264_PARAMETERS, '-flags:v', '+bitexact', '-fflags', '+bitexact'],
    ...['-f', 'h264', 'pipe:1'],
  ];
}

/**
 * Arguments for FFmpeg to put an H.264 byte stream from standard input into an MP4 file, unchanged, and to report on standard
 * output how many frames there were.
 */
export function joinArguments(options: { fps: number; videoHash: string; path: string }): string[] {
  const { fps, videoHash, path } = options;
  const timescale = String(ENCODING.timescale);
  return [
    ...['-f', 'h264', '-framerate', String(fps), '-i', 'pipe:0', '-map', '0:v:0', '-c', 'copy'],
    // Parameter sets go into the header of the file and x264's note on itself (6) nowhere; a byte stream has no time
    // stamps, so each packet gets the one of its number.
    ...['-bsf:v', `filter_units=remove_types=6-9,setts=pts=N:dts=N:duration=1:time_base=1/${fps}`],
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ...['-metadata', `video_hash=${videoHash}`, '-metadata', `renderer_version=${RENDERER_VERSION}`],
    ...['-movflags', '+faststart+use_metadata_tags'],
    ...['-video_track_timescale', timescale, '-movie_timescale', timescale],
    ...['-nostats', '-progress', 'pipe:1', '-f', 'mp4', '-y', path],
  ];
}
