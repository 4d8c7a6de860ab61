import { frameAt } from '@defrag/scrubber';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { paintedFrame } from './painted-frame.ts';
import { createPictureComparer, type PictureComparer, type ShownDifference } from './picture-comparer.ts';

/** What {@link useDifference} compares. */
export interface DifferenceSubject {
  /** Around the preview. */
  readonly previewRef: RefObject<HTMLElement | null>;
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  /** Position of both, 0..1. */
  readonly position: number;
  /** Frames of the video. */
  readonly frames: number;
  /** Whether there is a video to compare with. */
  readonly isReady: boolean;
  /** A promise that the video shows the newest position. */
  settled(): Promise<void> | undefined;
}

/** The comparison of preview and video at one position. */
export type Difference =
  | { readonly state: 'waiting' }
  | { readonly state: 'compared'; readonly frame: number; readonly found: ShownDifference }
  | { readonly state: 'failed'; readonly error: unknown };

const WAITING: Difference = { state: 'waiting' };

/** Compares preview and video whenever both have come to rest at a new position. What was found last stays until then. */
export function useDifference(subject: DifferenceSubject): Difference {
  const { position, frames, isReady } = subject;
  const [difference, setDifference] = useState<Difference>(WAITING);
  const [comparer, setComparer] = useState<PictureComparer>();
  useEffect(() => {
    const created = createPictureComparer();
    setComparer(created);
    return created.close;
  }, []);

  const frame = frameAt(position, frames);
  const compare = useEffectEvent(async (using: PictureComparer, signal: AbortSignal) => {
    try {
      const { previewRef, videoRef, settled } = subject;
      if (!previewRef.current || !videoRef.current) return;
      // One after the other: the effect that seeks the video runs after this one, and before the promise is through.
      const canvas = await paintedFrame(previewRef.current, frame, frames, signal);
      await settled();
      if (signal.aborted) return;
      const found = await using.compare(canvas, videoRef.current);
      if (signal.aborted) found.picture.close();
      else setDifference({ state: 'compared', frame, found });
    } catch (error) {
      if (!signal.aborted) setDifference({ state: 'failed', error });
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another frame or another video is another comparison
  useEffect(() => {
    if (!comparer || !isReady) return;
    const ending = new AbortController();
    void compare(comparer, ending.signal);
    return () => ending.abort();
  }, [comparer, isReady, frame, frames]);
  return isReady ? difference : WAITING;
}
