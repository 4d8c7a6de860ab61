import { frameAt } from '@defrag/scrubber';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import type { DifferenceAnswer, DifferenceRequest } from './difference-worker.ts';

export interface DifferenceSubject {
  /** Contains the preview's canvas. */
  readonly previewRef: RefObject<HTMLElement | null>;
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  /** Position 0..1. */
  readonly position: number;
  readonly frames: number;
  /** Whether there is a video to compare. */
  readonly isReady: boolean;
  /** Resolves when the video shows the latest position. */
  settled(): Promise<void> | undefined;
}

type Difference =
  | { readonly state: 'waiting' }
  | { readonly state: 'compared'; readonly frame: number; readonly found: ShownDifference }
  | { readonly state: 'failed'; readonly error: unknown };

const WAITING: Difference = { state: 'waiting' };

/** Compares preview and video each time both settle at a new position. Keeps the last result until then. */
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
      // In this order: the effect that seeks the video runs after this one, but before the canvas is painted.
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
 * Resolves with the preview's canvas once it shows a frame: the composition writes the painted frame onto its canvas.
 */
async function paintedFrame(
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

interface ShownDifference {
  /** Mean difference over all pixels and channels, 0..1. */
  readonly meanShare: number;
  /** Largest difference of any channel, 0..1. */
  readonly maxShare: number;
  readonly picture: ImageBitmap;
}

interface PictureComparer {
  /** Compares what both show now, at the preview's size. */
  compare(preview: HTMLCanvasElement, video: HTMLVideoElement): Promise<ShownDifference>;
  close(): void;
}

function createPictureComparer(): PictureComparer {
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
    for (const asked of waiting.values())
      asked.reject(new Error(message || 'The comparison could not start.'));
    waiting.clear();
  };
  return {
    async compare(preview, video) {
      // Capture both in the same task, so that neither can move on in between.
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
