import { frameTime } from './frames.ts';

/** Milliseconds after which an unfinished seek is checked, repeatedly. */
const WATCH_MS = 500;

/** Runs one seek at a time. */
export interface Flight {
  isBusy(): boolean;
  /** Seeks to a frame, replacing the current seek. */
  start(frame: number): void;
  /** Forgets the current seek and the presented frame. */
  stop(): void;
  /** The last presented frame, if known. */
  presented(): number | undefined;
}

/**
 * Seeks a paused video to frames.
 *
 * A seek is finished when its frame is presented or `seeked` fires, whichever is first. Browsers may decode more frames before
 * `seeked`, which a newer target need not wait for; or fire `seeked` while still presenting the previous frame.
 *
 * @param options.target returns the frame wanted now
 * @param options.onEnd called with the duration of a finished seek in seconds; again on the second of the two events, and after
 *   seeks by other code
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
    // mediaTime is the start of the frame, give or take rounding.
    presented = Math.floor(mediaTime * fps + 0.01);
    // The frame of the previous seek may be presented late.
    if (!isBusy || destination === presented) arrive();
    if (!options.signal.aborted) listen();
  };
  // Firefox supports this from version 132. Hidden pages do not call it.
  const listen = () => video.requestVideoFrameCallback?.(onFrame);
  const look = () => {
    if (!video.seeking) {
      // No frame is presented if it was displayed already, and `seeked` can get lost when other code seeks too.
      presented = destination;
      arrive();
    } else if (options.target() !== destination) {
      // It may be waiting for data that is no longer wanted.
      start(options.target());
    } else {
      watchOver();
      prime();
    }
  };
  /** Safari on iOS neither loads nor seeks before the first play. */
  const prime = () => {
    // 1 is HAVE_METADATA, a name that minifiers cannot shorten.
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
  // `seeked` of the previous seek may fire after the next one has started.
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
