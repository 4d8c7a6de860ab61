import { comparePictures } from './compare-pictures.ts';

// Two million pixels are compared here, so that the slider does not wait for them.
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
  if (context === null) throw new Error('this browser gives no canvas to a worker');
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

/** Two pictures that the worker is to compare; it takes both over. */
export interface DifferenceRequest {
  readonly id: number;
  readonly preview: ImageBitmap;
  readonly video: ImageBitmap;
}

/** What the worker found, or why it could not. */
export type DifferenceAnswer =
  | {
      readonly id: number;
      readonly meanShare: number;
      readonly maxShare: number;
      readonly picture: ImageBitmap;
    }
  | { readonly id: number; readonly error: string };
