/** A change to the encoder's settings: FFmpeg options and x264 parameters to replace, add or remove. */
export interface EncoderVariant {
  readonly name: string;
  /** FFmpeg options without the dash; `undefined` removes one. */
  readonly options?: Readonly<Record<string, string | undefined>>;
  /** x264 parameters; `undefined` removes one. */
  readonly x264?: Readonly<Record<string, string | undefined>>;
}

const rateControl = { qp: undefined, crf: '20' };
const adaptive = { 'aq-mode': undefined, 'rc-lookahead': undefined, weightp: undefined };
const gop = (frames: string) => ({ g: frames, keyint_min: frames });

/** The compared settings: the current ones, and variants that change one thing each. */
export const ENCODER_VARIANTS: readonly EncoderVariant[] = [
  { name: 'as shipped' },
  { name: 'keyframe every 1', options: gop('1') },
  { name: 'keyframe every 10', options: gop('10') },
  { name: 'keyframe every 250', options: gop('250') },
  { name: 'quantizer 20', options: { qp: '20' } },
  { name: 'quantizer 22', options: { qp: '22' } },
  { name: 'quantizer 26', options: { qp: '26' } },
  { name: 'quantizer 28', options: { qp: '28' } },
  { name: 'with deblocking', x264: { 'no-deblock': undefined } },
  { name: 'without CABAC', x264: { 'no-cabac': '1' } },
  { name: 'superfast', options: { preset: 'superfast' } },
  { name: 'faster', options: { preset: 'faster' } },
  { name: 'medium', options: { preset: 'medium' } },
  { name: 'crf 20, adaptive', options: rateControl, x264: adaptive },
  {
    name: 'crf 20, adaptive, deblocking',
    options: rateControl,
    x264: { ...adaptive, 'no-deblock': undefined },
  },
  {
    name: 'crf 20, tune fastdecode',
    options: { ...rateControl, tune: 'fastdecode' },
    x264: { ...adaptive, 'no-deblock': undefined },
  },
  { name: 'not cpu-independent', x264: { 'cpu-independent': undefined } },
];

/** The encoder's arguments with a variant's changes. */
export function varyArguments(
  args: readonly string[],
  { options = {}, x264 = {} }: EncoderVariant,
): string[] {
  const varied = [...args];
  for (const [name, value] of Object.entries(options)) setOption(varied, `-${name}`, value);
  const parameters = new Map(
    optionOf(varied, '-x264-params')
      .split(':')
      .map((parameter) => parameter.split('=') as [string, string]),
  );
  for (const [name, value] of Object.entries(x264)) {
    if (value === undefined) parameters.delete(name);
    else parameters.set(name, value);
  }
  setOption(varied, '-x264-params', [...parameters].map((parameter) => parameter.join('=')).join(':'));
  return varied;
}

function optionOf(args: readonly string[], option: string): string {
  const value = args[args.indexOf(option) + 1];
  if (!args.includes(option) || value === undefined) throw new Error(`The encoder has no option ${option}`);
  return value;
}

function setOption(args: string[], option: string, value: string | undefined): void {
  const index = args.indexOf(option);
  if (value === undefined) args.splice(index, 2);
  else if (index >= 0) args[index + 1] = value;
  // Insert output options before the output format, which is last.
  else args.splice(args.lastIndexOf('-f'), 0, option, value);
}
