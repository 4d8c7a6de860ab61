import { comparePictures } from './compare-pictures.ts';

// Runs in a worker, so that comparing two million pixels does not block the slider.
addEventListener('message', ({ data }: MessageEvent<DifferenceRequest>) => {
  try {
    const { answer, picture } = compare(data);
    postMessage(answer, { transfer: [picture] });
  } catch (error) {
    const failed: DifferenceAnswer = { id: data.id, error: String(error) };
    postMessage(failed);
  }
});

function compare({ id, preview, video }: DifferenceRequest): {
  answer: DifferenceAnswer;
  picture: ImageBitmap;
} {
  const { width, height } = preview;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('This browser does not support canvas in workers.');
  const [first, second] = [preview, video].map((bitmap) => {
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    return context.getImageData(0, 0, width, height);
  }) as [ImageData, ImageData];
  const { meanShare, maxShare, picture: bytes } = comparePictures(first.data, second.data);
  context.putImageData(new ImageData(bytes, width, height), 0, 0);
  const picture = canvas.transferToImageBitmap();
  return { answer: { id, meanShare, maxShare, picture }, picture };
}

/** Both bitmaps are transferred. */
export interface DifferenceRequest {
  readonly id: number;
  readonly preview: ImageBitmap;
  readonly video: ImageBitmap;
}

export type DifferenceAnswer =
  | {
      readonly id: number;
      readonly meanShare: number;
      readonly maxShare: number;
      readonly picture: ImageBitmap;
    }
  | { readonly id: number; readonly error: string };
