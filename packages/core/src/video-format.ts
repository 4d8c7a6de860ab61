/** Format of every video: width and height in pixels, frames per second, durations in milliseconds. */
export const VIDEO_FORMAT = {
  width: 1920,
  height: 1080,
  fps: 30,
  minDurationMs: 1_000,
  maxDurationMs: 10_000,
  defaultDurationMs: 6_000,
} as const;

/** Number of frames in a video: `durationMs * fps / 1000`, rounded to the nearest integer. */
export function durationInFrames(durationMs: number, fps: number = VIDEO_FORMAT.fps): number {
  return Math.round((durationMs * fps) / 1_000);
}

/**
 * Progress (0..1) shown by a frame: 0 for the first, exactly 1 for the last.
 *
 * @param frame zero-based index, 0..frames-1
 * @param frames number of frames in the video; a single frame shows progress 0
 */
export function frameProgress(frame: number, frames: number): number {
  return frames <= 1 ? 0 : frame / (frames - 1);
}
