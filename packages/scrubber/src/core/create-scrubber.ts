import { createFlight } from './flight.ts';
import { clampValue, DEFAULT_FPS, frameAt, frameCount } from './frames.ts';
import { createPursuit } from './pursuit.ts';
import type { ScrubberError } from './scrubber-error.ts';
import { watchSource } from './watch-source.ts';

/**
 * What a scrubber is doing.
 *
 * - `loading`: the length of the video is not known yet; the value is kept until it is
 * - `seeking`: on the way to the frame of the newest value
 * - `settled`: the frame of the newest value is shown
 * - `error`: the video cannot be scrubbed, until it gets another source
 */
export type ScrubberStatus = 'loading' | 'seeking' | 'settled' | 'error';

/** A part of a video: where it begins and ends, 0..1 of the video's length. */
export type BufferedRange = readonly [start: number, end: number];

/** Settings of a scrubber. */
export interface ScrubberOptions {
  /** Where to begin, 0..1. (Default: 0) */
  readonly value?: number | undefined;
  /** Frames per second of the video, above 0. (Default: 30) */
  readonly fps?: number | undefined;
  /** Called when the status has changed; `error` says why when it is `'error'`. */
  readonly onStatusChange?: ((status: ScrubberStatus, error?: ScrubberError) => void) | undefined;
  /** Called with the parts of the video that have been loaded when there are more. */
  readonly onBufferedChange?: ((ranges: BufferedRange[]) => void) | undefined;
}

/** Moves a video to positions. Made by {@link createScrubber}. */
export interface ScrubberController {
  /**
   * Shows the frame at a position as soon as it can. May be called at any rate and at any time, also before the video has
   * loaded: the newest value wins.
   *
   * @param value 0..1; what lies outside is taken for the nearest of both, and what is no number for 0
   */
  seek(value: number): void;
  /**
   * Resolves when the frame of the newest value is shown.
   *
   * @throws ScrubberError when the video cannot be scrubbed; an `AbortError` when the scrubber is destroyed first
   */
  settled(): Promise<void>;
  /** Lets go of the video, which stays as it is. May be called twice. */
  destroy(): void;
}

/** Frames by which a target has to be ahead of a finished seek to be followed by playing. */
const PURSUIT_MIN_FRAMES = 2;

/** Speed of a target, in seconds of video per second, up to which it is followed by playing: no decoder keeps up with any. */
const PURSUIT_MAX_SPEED = 4;

/**
 * Maps positions 0..1 to the frames of a video, exactly and smoothly.
 *
 * A target that stands still is sought; one seek is under way at a time, and the newest target follows it. One that moves
 * forwards faster than seeks can show is followed by playing, if the video is muted, and sought exactly at the end.
 *
 * A video whose server cannot send parts of it is fetched whole. One that is set to `preload="none"` is loaded with the first
 * change of the value.
 *
 * @throws RangeError when `fps` is not above 0
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
  /** The frame that the last seek arrived at; none before the first seek of a source. */
  let shown: number | undefined;
  let status: ScrubberStatus | undefined;
  let failure: ScrubberError | undefined;
  /** Calls of `settled` that wait; each looks whether it is done. */
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
      // Others may have sought too. At its very end a browser may name the duration, where no frame is.
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
