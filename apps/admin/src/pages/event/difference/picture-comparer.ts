import type { DifferenceAnswer, DifferenceRequest } from './difference-messages.ts';

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
