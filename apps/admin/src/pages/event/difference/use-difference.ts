import { frameAt } from '@defrag/scrubber';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import type { DifferenceAnswer, DifferenceRequest } from './difference-worker.ts';

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

/**
 * The canvas of a preview as soon as it shows a frame. The composition writes onto its canvas what it has painted.
 *
 * @param container the element that the preview is in; the canvas may come later
 * @param frame the frame, from 0
 * @param frames number of frames of the video
 * @throws the reason of the signal, when that ends the wait
 */
export async function paintedFrame(
  container: Element,
  frame: number,
  frames: number,
  signal: AbortSignal,
): Promise<HTMLCanvasElement> {
  signal.throwIfAborted();
  const find = () => container.querySelector<HTMLCanvasElement>(`canvas[data-painted="${frame}/${frames}"]`);
  const found = Promise.withResolvers<HTMLCanvasElement>();
  const look = () => {
    const canvas = find();
    if (canvas) found.resolve(canvas);
  };
  const observer = new MutationObserver(look);
  observer.observe(container, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-painted'],
  });
  const giveUp = () => found.reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  look();
  try {
    return await found.promise;
  } finally {
    observer.disconnect();
    signal.removeEventListener('abort', giveUp);
  }
}

/** How two pictures differ. */
export interface ShownDifference {
  /** Mean over all pixels and channels, 0..1 of the whole range. */
  readonly meanShare: number;
  /** Largest difference of any channel of any pixel, 0..1. */
  readonly maxShare: number;
  /** The difference of each channel as a picture. */
  readonly picture: ImageBitmap;
}

/** Compares pictures in a thread of its own. */
export interface PictureComparer {
  /**
   * Compares what both show now, in the size of the preview.
   *
   * @throws DOMException when this page may not read the video's pixels; Error when the pictures cannot be compared
   */
  compare(preview: HTMLCanvasElement, video: HTMLVideoElement): Promise<ShownDifference>;
  /** Ends the thread; what is under way is given up and never answered. */
  close(): void;
}

/** See {@link PictureComparer}. */
export function createPictureComparer(): PictureComparer {
  const worker = new Worker(new URL('./difference-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, PromiseWithResolvers<ShownDifference>>();
  let lastId = 0;
  worker.onmessage = ({ data }: MessageEvent<DifferenceAnswer>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ('error' in data) asked?.reject(new Error(data.error));
    else asked?.resolve(data);
  };
  worker.onerror = ({ message }) => {
    for (const asked of waiting.values()) asked.reject(new Error(message || 'the comparison cannot start'));
    waiting.clear();
  };
  return {
    async compare(preview, video) {
      // Both are taken in the same task, so that neither moves on in between.
      const [first, second] = await Promise.all([createImageBitmap(preview), createImageBitmap(video)]);
      lastId += 1;
      const request: DifferenceRequest = { id: lastId, preview: first, video: second };
      const asked = Promise.withResolvers<ShownDifference>();
      worker.postMessage(request, [first, second]);
      waiting.set(request.id, asked);
      return await asked.promise;
    },
    close: () => worker.terminate(),
  };
}
