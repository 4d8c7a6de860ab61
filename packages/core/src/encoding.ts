/**
 * How the frames become H.264. Part of the renderer version: a change of any of these changes the bytes of every video.
 *
 * The figures are those of `pnpm bench encode` (180 frames at friction 93 and pressure 90, one thread); `docs/engine.md` has
 * the whole table and the reasons.
 */
export const ENCODING = {
  /**
   * Frames that are drawn and encoded as one piece. The pieces are joined without another encoding, so that the bytes do
   * not depend on how many threads worked. A multiple of {@link ENCODING.keyframeIntervalFrames}.
   */
  chunkFrames: 30,
  /**
   * Every how many frames one stands by itself. A player that seeks decodes at most so many frames. Size of the file: 1
   * gives 13.7 MB, 5 gives 5.3 MB, 10 gives 4.4 MB, 250 gives 3.6 MB.
   */
  keyframeIntervalFrames: 5,
  /** How hard x264 searches: 2.3 s of processor time and 5.3 MB; `superfast` 1.9 s and 6.0 MB, `faster` 3.9 s and 5.2 MB. */
  preset: 'veryfast',
  /**
   * Quantizer of predicted frames (0..51, less is better); keyframes get 3 less. Constant, because rate control calculates
   * with floating-point numbers. 24 gives 48.1 dB and 5.3 MB, 20 gives 51.7 dB and 7.5 MB, 28 gives 44.9 dB and 3.8 MB.
   */
  quantizer: 24,
  /** 4:2:0, what every browser decodes in hardware. */
  pixelFormat: 'yuv420p',
  /** ITU-R BT.709 primaries, transfer and matrix, limited range. */
  color: 'bt709',
  /** Ticks per second of the time stamps in the file; a frame is a whole number of them. */
  timescale: 30_000,
} as const;
