import type { Colour } from './marks.ts';

/** Channels of #F4F6F8, #FF4F24, #6FD8FF and black. */
const CHANNELS = {
  ink: [0xf4 / 255, 0xf6 / 255, 0xf8 / 255],
  warm: [0xff / 255, 0x4f / 255, 0x24 / 255],
  cool: [0x6f / 255, 0xd8 / 255, 0xff / 255],
  black: [0, 0, 0],
} as const;

export type ColourName = keyof typeof CHANNELS;

/** A palette colour at an opacity of 0..1. */
export function colour(name: ColourName, opacity: number): Colour {
  const [red, green, blue] = CHANNELS[name];
  return [red, green, blue, opacity];
}

/** Mixes two palette colours: share 0 is `from`, 1 is `to`. */
export function blend(from: ColourName, to: ColourName, share: number, opacity: number): Colour {
  const start = CHANNELS[from];
  const end = CHANNELS[to];
  const channel = (index: 0 | 1 | 2) => start[index] + (end[index] - start[index]) * share;
  return [channel(0), channel(1), channel(2), opacity];
}
