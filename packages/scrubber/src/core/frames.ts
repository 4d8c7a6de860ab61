/** What turns seconds into frames when nothing else is said: the frame rate of the videos that Defrag Video renders. */
export const DEFAULT_FPS = 30;

/** Keeps a slider value in 0..1; anything that is not a number becomes 0. */
export function clampValue(value: number): number {
  return value > 0 ? Math.min(value, 1) : 0;
}

/**
 * Number of frames of a video: its duration times its frame rate, to the nearest whole frame, at least 1.
 *
 * @param durationSeconds more than 0; 0 frames for any other number, also while it is `NaN` or infinite
 * @param fps frames per second
 */
export function frameCount(durationSeconds: number, fps: number = DEFAULT_FPS): number {
  return durationSeconds > 0 && durationSeconds < Infinity
    ? Math.max(1, Math.round(durationSeconds * fps))
    : 0;
}

/**
 * The frame that a slider value shows, counted from 0: the one whose own position `frame / (frames - 1)` is nearest. So 0 shows
 * the first frame, 1 the last one, and what is seen is never further than half a frame from what the slider says.
 *
 * @param value 0..1; what lies outside is taken for the nearest of both
 * @param frames number of frames of the video, at least 1
 */
export function frameAt(value: number, frames: number): number {
  return Math.round(clampValue(value) * (frames - 1));
}

/**
 * Time in seconds at which a frame shows: the middle of the frame, since a browser asked for its very beginning may show the
 * frame before.
 */
export function frameTime(frame: number, fps: number = DEFAULT_FPS): number {
  return (frame + 0.5) / fps;
}
