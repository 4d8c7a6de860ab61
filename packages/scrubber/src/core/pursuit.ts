import { frameTime } from './frames.ts';

/** Milliseconds between speed updates: about one display refresh. */
const TICK_MS = 16;

/** Gap divided by playback rate, in seconds: the video slows down as it approaches. Less overshoots, more lags behind. */
const CLOSING_SECONDS = 0.03;

/** Largest gap to play through, in seconds of video: beyond it a seek is faster. */
const MAX_GAP_SECONDS = 0.3;

export interface Pursuit {
  isBusy(): boolean;
  /** Starts playing; the target must be ahead. */
  start(): void;
  /** Pauses the video if it is playing after the target. */
  stop(): void;
}

/**
 * Plays after a target that moves forwards: each frame is decoded once, where every seek would decode from a keyframe again.
 * Ends when the target is reached, turns back or is too far ahead.
 *
 * @param options.target returns the frame wanted now
 * @param options.onEnd called when it ends by itself, with the video paused near the target
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
      // Rejected where the user blocks autoplay; the video stays paused, so the next tick ends the pursuit.
      video.play().catch(() => {});
      tick();
    },
    stop,
  };
}
