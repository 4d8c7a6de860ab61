/** Default frame rate in frames per second. */
export const DEFAULT_FPS = 30;

/** Clamps a value to 0..1; `NaN` becomes 0. */
export function clampValue(value: number): number {
  return value > 0 ? Math.min(value, 1) : 0;
}

/**
 * Number of frames in a video: duration times frame rate, rounded, at least 1.
 *
 * @param durationSeconds above 0 and finite; any other value returns 0 frames
 * @param fps frames per second
 */
export function frameCount(durationSeconds: number, fps: number = DEFAULT_FPS): number {
  return durationSeconds > 0 && durationSeconds < Infinity
    ? Math.max(1, Math.round(durationSeconds * fps))
    : 0;
}

/**
 * Zero-based frame at a value: the one whose position `frame / (frames - 1)` is nearest. 0 is the first frame, 1 the last.
 *
 * @param value clamped to 0..1
 * @param frames number of frames in the video, at least 1
 */
export function frameAt(value: number, frames: number): number {
  return Math.round(clampValue(value) * (frames - 1));
}

/** Time in seconds that displays a frame: its middle, because at its start a browser may display the previous frame. */
export function frameTime(frame: number, fps: number = DEFAULT_FPS): number {
  return (frame + 0.5) / fps;
}
