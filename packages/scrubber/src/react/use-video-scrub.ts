'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import {
  type BufferedRange,
  createScrubber,
  type ScrubberController,
  type ScrubberStatus,
} from '../core/create-scrubber.ts';
import type { ScrubberError } from '../core/scrubber-error.ts';

/** Options of {@link useVideoScrub}. */
export interface UseVideoScrubOptions {
  /** Scrubber to use, such as `createDecodedScrubber` from `@defrag/scrubber/decoded`. (Default: {@link createScrubber}) */
  readonly createScrubber?: typeof createScrubber | undefined;
  /** Frame rate of the video in frames per second, above 0. (Default: 30) */
  readonly fps?: number | undefined;
  /** Called when the first frame of a source is displayed. */
  readonly onReady?: (() => void) | undefined;
  /** Called when the video cannot be scrubbed. */
  readonly onError?: ((error: ScrubberError) => void) | undefined;
  /** Called on each status change: many times a second while the value moves. */
  readonly onStatusChange?: ((status: ScrubberStatus) => void) | undefined;
}

/** Result of {@link useVideoScrub}. */
export interface VideoScrub {
  /** Whether the first frame of the source has been displayed. */
  readonly isReady: boolean;
  /** Why the video cannot be scrubbed; undefined again when the source changes. */
  readonly error: ScrubberError | undefined;
  /** The loaded parts of the video. */
  readonly buffered: readonly BufferedRange[];
  /**
   * Resolves when the frame of the latest value is displayed; `undefined` while there is no video.
   *
   * @throws {ScrubberError} when the video cannot be scrubbed; an `AbortError` when it is unmounted first
   */
  settled(): Promise<void> | undefined;
}

/**
 * Keeps a video at a value, for a slider of your own. Re-renders when the video is ready, fails or loads more, but not per seek.
 *
 * @param videoRef a `<video muted playsInline>`; may be mounted later or replaced
 * @param value clamped to 0..1
 */
export function useVideoScrub(
  videoRef: RefObject<HTMLVideoElement | null>,
  value: number,
  options: UseVideoScrubOptions = {},
): VideoScrub {
  const { fps, createScrubber: create = createScrubber } = options;
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [isReady, setReady] = useState(false);
  const [error, setError] = useState<ScrubberError>();
  const [buffered, setBuffered] = useState<readonly BufferedRange[]>([]);
  const scrubber = useRef<ScrubberController>(null);
  const latest = useRef(options);

  useEffect(() => {
    latest.current = options;
    setVideo(videoRef.current);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the initial value only; the next effect follows it
  useEffect(() => {
    if (!video) return;
    const created = create(video, {
      value,
      fps,
      onStatusChange(status, error) {
        const { onError, onStatusChange } = latest.current;
        // Set directly, so that React does not render for each seek.
        video.dataset['status'] = status;
        onStatusChange?.(status);
        if (error) onError?.(error);
        if (status === 'seeking') return;
        setReady(status === 'settled');
        setError(error);
      },
      onBufferedChange: setBuffered,
    });
    scrubber.current = created;
    return created.destroy;
  }, [video, fps, create]);

  useEffect(() => scrubber.current?.seek(value), [value]);

  useEffect(() => {
    if (isReady) latest.current.onReady?.();
  }, [isReady]);

  return { isReady, error, buffered, settled: () => scrubber.current?.settled() };
}
