import { frameTime } from './frames.ts';

/** How many milliseconds after its beginning a seek is looked at, and again as long as it has not arrived. */
const WATCH_MS = 500;

/** One seek after another: never two at a time. */
export interface Flight {
  /** Whether a seek is under way. */
  isBusy(): boolean;
  /** Seeks to a frame; the seek under way, if any, is forgotten. */
  start(frame: number): void;
  /** Forgets the seek under way, and what was presented. */
  stop(): void;
  /** The frame that was presented last, as far as is known. */
  presented(): number | undefined;
}

/**
 * Seeks a paused video to frames.
 *
 * A seek has arrived when its frame is presented or `seeked` fires, whichever is first. The browser may go on to decode some
 * frames more before it fires `seeked`, and a newer target need not wait for them; or it fires `seeked` while it still
 * presents the frame before.
 *
 * @param options.target the frame that is wanted now
 * @param options.onEnd called with the seconds that a seek took when it has arrived, once more when the other of both signs
 *   follows, and when a seek of somebody else has arrived
 */
export function createFlight(
  video: HTMLVideoElement,
  fps: number,
  options: { signal: AbortSignal; target(): number; onEnd(seconds: number): void },
): Flight {
  let isBusy = false;
  let destination = 0;
  let presented: number | undefined;
  let startMs = 0;
  let isPrimed = false;
  let watch: ReturnType<typeof setTimeout> | undefined;

  const arrive = () => {
    isBusy = false;
    options.onEnd((performance.now() - startMs) / 1_000);
  };
  const onFrame = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
    // A frame begins at its media time, but for rounding.
    presented = Math.floor(mediaTime * fps + 0.01);
    // That of the seek before may be presented late.
    if (!isBusy || destination === presented) arrive();
    if (!options.signal.aborted) listen();
  };
  // Firefox has had this callback since version 132. In a page that nobody sees it is not called.
  const listen = () => video.requestVideoFrameCallback?.(onFrame);
  const look = () => {
    if (!video.seeking) {
      // Nothing is presented when the frame was there already; and the event can get lost when somebody else seeks too.
      presented = destination;
      arrive();
    } else if (options.target() !== destination) {
      // It may wait for data that nobody wants any more.
      start(options.target());
    } else {
      watchOver();
      prime();
    }
  };
  /** Safari on iOS loads nothing and seeks nowhere before the first play. */
  const prime = () => {
    // Up to 1 is HAVE_METADATA, a name that no minifier shortens.
    if (isPrimed || !video.muted || video.readyState > 1) return;
    isPrimed = true;
    video.play().then(
      () => {
        video.pause();
        if (isBusy) start(destination);
      },
      () => {},
    );
  };
  const watchOver = () => {
    clearTimeout(watch);
    watch = setTimeout(look, WATCH_MS);
  };
  const start = (frame: number) => {
    isBusy = true;
    destination = frame;
    startMs = performance.now();
    watchOver();
    video.currentTime = frameTime(frame, fps);
  };
  listen();
  // One of the seek before may come when the next one has begun.
  video.addEventListener('seeked', () => video.seeking || arrive(), options);
  return {
    isBusy: () => isBusy,
    start,
    stop() {
      isBusy = false;
      presented = undefined;
      clearTimeout(watch);
    },
    presented: () => presented,
  };
}
