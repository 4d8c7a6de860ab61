import { createFlight } from './flight.ts';
import { clampValue, DEFAULT_FPS, frameAt, frameCount } from './frames.ts';
import { createPursuit } from './pursuit.ts';
import type { ScrubberError } from './scrubber-error.ts';
import { watchSource } from './watch-source.ts';

/**
 * State of a scrubber.
 *
 * - `loading`: the duration is unknown; the value is kept until it is known
 * - `seeking`: moving to the frame of the latest value
 * - `settled`: the frame of the latest value is displayed
 * - `error`: the video cannot be scrubbed until its source changes
 */
export type ScrubberStatus = 'loading' | 'seeking' | 'settled' | 'error';

/** Start and end of a loaded part, as shares (0..1) of the duration. */
export type BufferedRange = readonly [start: number, end: number];

/** Options of {@link createScrubber}. */
export interface ScrubberOptions {
  /** Initial position, 0..1. (Default: 0) */
  readonly value?: number | undefined;
  /** Frame rate of the video in frames per second, above 0. (Default: 30) */
  readonly fps?: number | undefined;
  /** Called when the status changes; `error` is set when it is `'error'`. */
  readonly onStatusChange?: ((status: ScrubberStatus, error?: ScrubberError) => void) | undefined;
  /** Called with all loaded parts when more of the video has loaded. */
  readonly onBufferedChange?: ((ranges: BufferedRange[]) => void) | undefined;
}

/** Returned by {@link createScrubber}. */
export interface ScrubberController {
  /**
   * Displays the frame at a position as soon as possible. Call it at any time and rate, even before the video has loaded: the
   * latest value wins.
   *
   * @param value clamped to 0..1; `NaN` counts as 0
   */
  seek(value: number): void;
  /**
   * Resolves when the frame of the latest value is displayed.
   *
   * @throws {ScrubberError} when the video cannot be scrubbed; an `AbortError` when the scrubber is destroyed first
   */
  settled(): Promise<void>;
  /** Stops controlling the video and leaves it as it is. May be called twice. */
  destroy(): void;
}

/** Frames by which the target must be ahead of a finished seek before the video plays after it. */
const PURSUIT_MIN_FRAMES = 2;

/** Fastest target that the video plays after, in seconds of video per second: decoders cannot keep up with more. */
const PURSUIT_MAX_SPEED = 4;

/**
 * Maps positions 0..1 to the frames of a video.
 *
 * Seeks one frame at a time, always to the latest target. When the target moves forwards faster than seeks can follow, a muted
 * video plays after it and seeks to the exact frame at the end.
 *
 * When the server does not support Range requests, the whole file is fetched. With `preload="none"` the video loads on the
 * first change of the value.
 *
 * @throws {RangeError} when `fps` is not above 0
 */
export function createScrubber(
  video: HTMLVideoElement,
  { value = 0, fps = DEFAULT_FPS, onStatusChange, onBufferedChange }: ScrubberOptions = {},
): ScrubberController {
  if (!(fps > 0)) throw new RangeError(`fps must be above 0, got ${fps}`);
  const life = new AbortController();
  const { signal } = life;
  let position = clampValue(value);
  let frames = 0;
  /** Frame of the last finished seek; undefined before the first seek of a source. */
  let shown: number | undefined;
  let status: ScrubberStatus | undefined;
  let failure: ScrubberError | undefined;
  /** Re-checks of pending `settled` calls. */
  const waiting: (() => void)[] = [];

  const setStatus = (next: ScrubberStatus, error?: ScrubberError) => {
    if (next !== status && !signal.aborted) {
      status = next;
      failure = error;
      onStatusChange?.(next, error);
    }
    for (const look of waiting.splice(0)) look();
  };
  const target = () => frameAt(position, frames);
  const seekTarget = () => flight.start(target());
  const advance = () => {
    if (!frames || flight.isBusy() || pursuit.isBusy()) return;
    if (target() !== shown) {
      setStatus('seeking');
      seekTarget();
    } else if (!video.seeking && flight.presented() === shown) setStatus('settled');
  };
  const flight = createFlight(video, fps, {
    signal,
    target,
    onEnd(seconds) {
      if (!frames || pursuit.isBusy()) return;
      // Other code may have seeked too. At the end, currentTime may be the duration, where there is no frame.
      shown = Math.min(frames - 1, Math.floor(video.currentTime * fps));
      const ahead = target() - shown;
      const isWorthPlaying = ahead >= PURSUIT_MIN_FRAMES && ahead / fps / seconds < PURSUIT_MAX_SPEED;
      if (isWorthPlaying && video.muted) {
        flight.stop();
        pursuit.start();
      } else advance();
    },
  });
  const pursuit = createPursuit(video, fps, { target, onEnd: seekTarget });
  const reset = (error?: ScrubberError) => {
    frames = 0;
    shown = undefined;
    flight.stop();
    pursuit.stop();
    setStatus(error ? 'error' : 'loading', error);
  };
  const tellBuffered = () => frames && onBufferedChange?.(bufferedRanges(video));
  const measure = () => {
    frames = frameCount(video.duration, fps);
    tellBuffered();
    advance();
  };

  reset();
  const releaseSource = watchSource(video, signal, measure, reset);
  video.addEventListener('progress', tellBuffered, { signal });

  return {
    seek(next) {
      const before = position;
      position = clampValue(next);
      if (position === before) return;
      if (video.preload === 'none') video.preload = 'auto';
      advance();
    },
    settled: () =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (failure || signal.aborted) reject(failure ?? signal.reason);
          else if (status === 'settled') resolve();
          else waiting.push(look);
        };
        look();
      }),
    destroy() {
      life.abort();
      reset();
      releaseSource();
    },
  };
}

function bufferedRanges({ buffered, duration }: HTMLVideoElement): BufferedRange[] {
  return [...Array(buffered.length)].map((_, range) => [
    buffered.start(range) / duration,
    buffered.end(range) / duration,
  ]);
}
