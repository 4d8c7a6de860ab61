import { ENCODING, RENDERER_VERSION } from '@defrag/core';

/**
 * Settings of x264 that FFmpeg has no options for.
 *
 * - `cpu-independent`: without it x264 gives other bytes on arm64 than on x64.
 * - `aq-mode`, `weightp`: off, as is rate control, so that no floating-point numbers are involved.
 * - `no-deblock`: the deblocking filter blurs thin lines; without it the picture is 2.1 dB better and decodes faster.
 * - `rc-lookahead`: a constant quantizer looks at no later frames, so keep none in memory.
 */
const X264_PARAMETERS = [
  'cpu-independent=1:aq-mode=0:weightp=0:no-deblock=1:rc-lookahead=0:scenecut=0:open-gop=0',
  `colorprim=${ENCODING.color}:transfer=${ENCODING.color}:colormatrix=${ENCODING.color}:range=tv`,
].join(':');

/** Arguments for FFmpeg to encode frames as H.264 with one thread. The same for every engine that runs FFmpeg itself. */
export function h264Arguments(): string[] {
  const keyframeInterval = String(ENCODING.keyframeIntervalFrames);
  return [
    ...['-fps_mode', 'passthrough', '-filter_threads', '1', '-threads', '1'],
    ...['-c:v', 'libx264', '-preset', ENCODING.preset, '-qp', String(ENCODING.quantizer), '-bf', '0'],
    ...['-g', keyframeInterval, '-keyint_min', keyframeInterval],
    ...['-x264-params', X264_PARAMETERS, '-flags:v', '+bitexact', '-fflags', '+bitexact'],
  ];
}

/**
 * Arguments for FFmpeg to write an MP4 file that starts to play before it is loaded. Its only metadata are the video's hash and the
 * renderer version.
 */
export function mp4Arguments(videoHash: string): string[] {
  const timescale = String(ENCODING.timescale);
  return [
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ...['-metadata', `video_hash=${videoHash}`, '-metadata', `renderer_version=${RENDERER_VERSION}`],
    ...['-movflags', '+faststart+use_metadata_tags'],
    ...['-video_track_timescale', timescale, '-movie_timescale', timescale],
    ...['-f', 'mp4'],
  ];
}
