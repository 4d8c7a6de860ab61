/**
 * H.264 encoder settings. Part of the renderer version: changing one changes the bytes of every video.
 *
 * Figures are from `pnpm bench encode` (180 frames, friction 93, pressure 90, one thread); see `docs/engine.md`.
 */
export const ENCODING = {
  /**
   * Frames per chunk, a multiple of {@link ENCODING.keyframeIntervalFrames}. Chunks are encoded separately and joined without
   * re-encoding, so the bytes do not depend on the number of threads.
   */
  chunkFrames: 30,
  /** Frames from one keyframe to the next, the most a seek decodes. File size: 1: 13.7 MB, 5: 5.3 MB, 10: 4.4 MB, 250: 3.6 MB. */
  keyframeIntervalFrames: 5,
  /** x264 preset: 2.3 s of CPU time and 5.3 MB. `superfast`: 1.9 s and 6.0 MB; `faster`: 3.9 s and 5.2 MB. */
  preset: 'veryfast',
  /**
   * Quantizer of predicted frames (0..51, lower is better); keyframes use 3 less. Constant, because rate control uses
   * floating-point arithmetic. 20: 51.7 dB and 7.5 MB, 24: 48.1 dB and 5.3 MB, 28: 44.9 dB and 3.8 MB.
   */
  quantizer: 24,
  /** 4:2:0, which every browser decodes in hardware. */
  pixelFormat: 'yuv420p',
  /** ITU-R BT.709 primaries, transfer and matrix, limited range. */
  color: 'bt709',
  /** Timestamp ticks per second; every frame lasts a whole number of them. */
  timescale: 30_000,
} as const;
