'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import {
  type BufferedRange,
  createScrubber,
  type ScrubberController,
  type ScrubberStatus,
} from '../core/create-scrubber.ts';
import type { ScrubberError } from '../core/scrubber-error.ts';

/** Settings of {@link useVideoScrub}. */
export interface UseVideoScrubOptions {
  /** What moves the video, such as `createDecodedScrubber` of `@defrag/scrubber/decoded`. (Default: {@link createScrubber}) */
  readonly createScrubber?: typeof createScrubber | undefined;
  /** Frames per second of the video, above 0. (Default: 30) */
  readonly fps?: number | undefined;
  /** Called when the first frame of a source is shown. */
  readonly onReady?: (() => void) | undefined;
  /** Called when the video cannot be scrubbed. */
  readonly onError?: ((error: ScrubberError) => void) | undefined;
  /** Called at each change of what the scrubber does: many times a second while the value moves. */
  readonly onStatusChange?: ((status: ScrubberStatus) => void) | undefined;
}

/** What {@link useVideoScrub} tells of the video. */
export interface VideoScrub {
  /** Whether the first frame of the source was shown. */
  readonly isReady: boolean;
  /** Why the video cannot be scrubbed, until it gets another source. */
  readonly error: ScrubberError | undefined;
  /** The parts of the video that have been loaded. */
  readonly buffered: readonly BufferedRange[];
  /**
   * Resolves when the frame of the newest value is shown; `undefined` as long as there is no video.
   *
   * @throws ScrubberError when the video cannot be scrubbed; an `AbortError` when it is taken away first
   */
  settled(): Promise<void> | undefined;
}

/**
 * Keeps a video at the position that a value says, for a slider of your own.
 *
 * Renders again when the video is ready, has failed or has loaded more, but not for each seek.
 *
 * @param videoRef a `<video muted playsInline>`; it may be mounted later, or be replaced
 * @param value 0..1; what lies outside is taken for the nearest of both
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

  // biome-ignore lint/correctness/useExhaustiveDependencies: the value says where to begin, the next effect where to go
  useEffect(() => {
    if (!video) return;
    const created = create(video, {
      value,
      fps,
      onStatusChange(status, error) {
        const { onError, onStatusChange } = latest.current;
        // Written past React, which need not render for each seek.
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
