import { frameTime } from './frames.ts';

/** Every how many milliseconds a seek that has not arrived is looked at. */
const WATCH_INTERVAL_MS = 500;

/** One seek after another: never two at a time. */
export interface Flight {
  /** Whether a seek is under way. */
  isBusy(): boolean;
  /** Seeks to a frame; the seek under way, if any, is forgotten. */
  start(frame: number): void;
  /** Forgets the seek under way. */
  stop(): void;
  /** To be called when the video fires `seeked`. */
  onSeeked(): void;
}

/**
 * Seeks a paused video to frames.
 *
 * A seek has arrived when its frame is presented or `seeked` fires, whichever is first: the browser goes on to decode some
 * frames more before it fires `seeked`, and a newer target need not wait for them.
 *
 * @param options.target the frame that is wanted now
 * @param options.onEnd called with the seconds that a seek took when it has arrived, once more when `seeked` follows its
 *   frame, and when a seek of somebody else has arrived
 * @param options.onStuck called when a seek has not arrived for a while
 */
export function createFlight(
  video: HTMLVideoElement,
  fps: number,
  options: { target(): number; onEnd(seconds: number): void; onStuck(): void },
): Flight {
  let destination: number | undefined;
  let startMs = 0;
  let watch: ReturnType<typeof setInterval> | undefined;

  const stop = () => {
    destination = undefined;
    clearInterval(watch);
  };
  const arrive = () => {
    stop();
    options.onEnd((performance.now() - startMs) / 1_000);
  };
  const look = () => {
    // The event can get lost: in a tab in the background, or when somebody else seeks too.
    if (!video.seeking) arrive();
    // It may wait for data that nobody wants any more.
    else if (options.target() !== destination) start(options.target());
    else options.onStuck();
  };
  const start = (frame: number) => {
    stop();
    destination = frame;
    startMs = performance.now();
    watch = setInterval(look, WATCH_INTERVAL_MS);
    video.currentTime = frameTime(frame, fps);
    // Firefox has had this callback since version 132.
    video.requestVideoFrameCallback?.((_, { mediaTime }) => {
      // The frame of an earlier seek may be presented late. A frame begins at its media time, but for rounding.
      if (Math.floor(mediaTime * fps + 0.01) === destination) arrive();
    });
  };
  return {
    isBusy: () => destination !== undefined,
    start,
    stop,
    onSeeked() {
      // One of the seek before may come when the next one has begun.
      if (!video.seeking) arrive();
    },
  };
}
