import { frameAt } from '@defrag/scrubber';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import type { DifferenceAnswer, DifferenceRequest, ShownDifference } from './difference-worker.ts';

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
  const [worker, setWorker] = useState<Worker>();
  useEffect(() => {
    const created = new Worker(new URL('./difference-worker.ts', import.meta.url), { type: 'module' });
    setWorker(created);
    return () => created.terminate();
  }, []);

  const frame = frameAt(position, frames);
  const compare = useEffectEvent(async (using: Worker, signal: AbortSignal) => {
    try {
      const { previewRef, videoRef, settled } = subject;
      if (!previewRef.current || !videoRef.current) return;
      // In this order: the effect that seeks the video runs after this one, but before the canvas is painted.
      const canvas = await paintedFrame(previewRef.current, frame, frames, signal);
      await settled();
      if (signal.aborted) return;
      const found = await comparePixels(using, canvas, videoRef.current);
      if (signal.aborted) found.picture.close();
      else setDifference({ state: 'compared', frame, found });
    } catch (error) {
      if (!signal.aborted) setDifference({ state: 'failed', error });
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another frame or another video is another comparison
  useEffect(() => {
    if (!worker || !isReady) return;
    const ending = new AbortController();
    void compare(worker, ending.signal);
    return () => ending.abort();
  }, [worker, isReady, frame, frames]);
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

/** Compares what both show now, at the preview's size. */
async function comparePixels(
  worker: Worker,
  preview: HTMLCanvasElement,
  video: HTMLVideoElement,
): Promise<ShownDifference> {
  // Capture both in the same task, so that neither can move on in between.
  const bitmaps = await Promise.all([createImageBitmap(preview), createImageBitmap(video)]);
  const { port1, port2 } = new MessageChannel();
  const answer = Promise.withResolvers<DifferenceAnswer>();
  port1.onmessage = ({ data }: MessageEvent<DifferenceAnswer>) => answer.resolve(data);
  worker.onerror = ({ message }) => answer.reject(new Error(message || 'The comparison could not start.'));
  const request: DifferenceRequest = { preview: bitmaps[0], video: bitmaps[1], port: port2 };
  worker.postMessage(request, [...bitmaps, port2]);
  try {
    const found = await answer.promise;
    if ('error' in found) throw new Error(found.error);
    return found;
  } finally {
    port1.close();
  }
}
