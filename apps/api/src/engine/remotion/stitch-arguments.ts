import { ENCODING } from '@defrag/core';
import { h264Arguments, mp4Arguments } from '../encoder-arguments.ts';

/**
 * How RGB becomes 4:2:0 Y'CbCr. FFmpeg's own scaler in its exact mode calculates with integers and gives the same bytes on every
 * processor; Remotion's choice, `zscale`, calculates with floating-point numbers. Chroma samples sit on the left, where H.264
 * expects them.
 */
const CONVERSION = [
  'flags=bilinear+accurate_rnd+full_chroma_inp+full_chroma_int+bitexact',
  `out_color_matrix=${ENCODING.color}`,
  'out_range=tv',
  'out_h_chr_pos=0',
  'out_v_chr_pos=128',
].join(':');

/**
 * Arguments for FFmpeg in place of Remotion's: Remotion's frames, encoded like those of the embedded engine, into Remotion's file.
 *
 * @param args Remotion's arguments: the frames come first, the file last
 * @throws Error when they do not
 */
export function stitchArguments(args: readonly string[], videoHash: string): string[] {
  const inputEnd = args.indexOf('-i') + 2;
  const output = args.at(-1);
  if (inputEnd < 2 || output === undefined) throw new Error('Remotion calls FFmpeg in an unknown way.');
  // Remotion reads FFmpeg's progress, which `-stats` writes at any log level.
  const quiet = '-hide_banner -nostdin -loglevel error -stats -stats_period 0.1';
  const color = `-color_range tv -colorspace ${ENCODING.color} -color_primaries ${ENCODING.color} -color_trc ${ENCODING.color}`;
  return [
    ...quiet.split(' '),
    ...args.slice(0, inputEnd),
    ...['-an', '-vf', `scale=${CONVERSION},format=${ENCODING.pixelFormat}`, ...h264Arguments()],
    ...color.split(' '),
    // Removes x264's note on its version and settings. Without a name of ours FFmpeg would name the encoder.
    ...['-bsf:v', 'filter_units=remove_types=6', '-metadata:s:v', 'encoder=H.264'],
    ...[...mp4Arguments(videoHash), '-y', output],
  ];
}
