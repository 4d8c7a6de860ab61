import { frameTime } from './frames.ts';

/** Every how many milliseconds the speed is set: about as often as a display shows a picture. */
const TICK_MS = 16;

/**
 * Seconds in which the gap to the target would close at the speed that it is given: the speed is proportional to the gap, so
 * that the video slows down as it comes near. Less overshoots, more lags behind.
 */
const CLOSING_SECONDS = 0.03;

/** Seconds of video that the target may be ahead: further, a seek is there sooner. */
const MAX_GAP_SECONDS = 0.3;

/** Follows a target that moves forwards. */
export interface Pursuit {
  /** Whether the video is playing after its target. */
  isBusy(): boolean;
  /** Begins; the target has to be ahead. */
  start(): void;
  /** Stops where it is. Does nothing when not under way. */
  stop(): void;
}

/**
 * Follows a target that moves forwards by playing at its speed: each frame is decoded once and all are shown, while every seek
 * would decode from a keyframe again. Ends when the target is reached, has turned back, or is lost.
 *
 * @param options.target the frame that is wanted now
 * @param options.onEnd called when it has ended by itself, paused near the target
 */
export function createPursuit(
  video: HTMLVideoElement,
  fps: number,
  options: { target(): number; onEnd(): void },
): Pursuit {
  let timer: ReturnType<typeof setInterval> | undefined;

  const stop = () => {
    if (!timer) return;
    clearInterval(timer);
    timer = undefined;
    video.pause();
    video.playbackRate = 1;
  };
  const tick = () => {
    const gapSeconds = frameTime(options.target(), fps) - video.currentTime;
    if (video.paused || gapSeconds < 0.5 / fps || gapSeconds > MAX_GAP_SECONDS) {
      stop();
      options.onEnd();
    } else video.playbackRate = gapSeconds / CLOSING_SECONDS;
  };
  return {
    isBusy: () => timer !== undefined,
    start() {
      timer = setInterval(tick, TICK_MS);
      // Refused where a person has forbidden all playing; the video is paused then, and the next tick ends this.
      video.play().catch(() => {});
      tick();
    },
    stop,
  };
}
