import { ENCODING } from '@defrag/core';
import { h264Arguments, mp4Arguments } from '../encoder-arguments.ts';

/**
 * How RGB becomes 4:2:0 Y'CbCr. FFmpeg's own scaler in its exact mode calculates with integers and gives the same bytes on every
 * processor; `zscale`, which Remotion would take, calculates with floating-point numbers. Chroma samples sit on the left, where
 * H.264 expects them.
 */
const CONVERSION = [
  'flags=bilinear+accurate_rnd+full_chroma_inp+full_chroma_int+bitexact',
  `out_color_matrix=${ENCODING.color}`,
  'out_range=tv',
  'out_h_chr_pos=0',
  'out_v_chr_pos=128',
].join(':');

/**
 * What FFmpeg is to do in place of what Remotion would have it do: the frames that Remotion names, encoded like those of the
 * embedded engine, into the file that Remotion names.
 *
 * @param args Remotion's arguments for FFmpeg; the frames come first, the file last
 * @throws Error when they do not look so
 */
export function stitchArguments(args: readonly string[], videoHash: string): string[] {
  const inputEnd = args.indexOf('-i') + 2;
  const output = args.at(-1);
  if (inputEnd < 2 || output === undefined) throw new Error('Remotion calls FFmpeg in an unknown way');
  return [
    // With `-stats` in so many words it still tells how far it is, which Remotion reads.
    ...[
      '-hide_banner',
      '-nostdin',
      '-loglevel',
      'error',
      '-stats',
      '-stats_period',
      '0.1',
      ...args.slice(0, inputEnd),
    ],
    ...['-an', '-vf', `scale=${CONVERSION},format=${ENCODING.pixelFormat}`, ...h264Arguments()],
    ...['-color_range', 'tv', '-colorspace', ENCODING.color],
    ...['-color_primaries', ENCODING.color, '-color_trc', ENCODING.color],
    // x264's note on itself would tell its version and settings; without a name for the encoder FFmpeg would take its own.
    ...[
      '-bsf:v',
      'filter_units=remove_types=6',
      '-metadata:s:v',
      'encoder=H.264',
      ...mp4Arguments(videoHash),
      '-y',
      output,
    ],
  ];
}
