/** The picture format of every video. Width and height in pixels, frames per second, durations in milliseconds. */
export const VIDEO_FORMAT = {
  width: 1920,
  height: 1080,
  fps: 30,
  minDurationMs: 1_000,
  maxDurationMs: 10_000,
  defaultDurationMs: 6_000,
} as const;

/** Number of frames of a video: `durationMs * fps / 1000`, rounded to the nearest whole frame. */
export function durationInFrames(durationMs: number, fps: number = VIDEO_FORMAT.fps): number {
  return Math.round((durationMs * fps) / 1_000);
}

/**
 * Progress (0..1) that a frame shows. The first frame shows 0, the last shows exactly 1.
 *
 * @param frame zero-based index, 0..frames-1
 * @param frames number of frames of the video; a video of one frame shows progress 0
 */
export function frameProgress(frame: number, frames: number): number {
  return frames <= 1 ? 0 : frame / (frames - 1);
}
