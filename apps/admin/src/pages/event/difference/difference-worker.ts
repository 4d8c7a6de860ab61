import { comparePictures, type PictureDifference } from './compare-pictures.ts';

/** All three are transferred; the answer goes to the port. */
export interface DifferenceRequest {
  readonly preview: ImageBitmap;
  readonly video: ImageBitmap;
  readonly port: MessagePort;
}

export interface ShownDifference extends Omit<PictureDifference, 'picture'> {
  readonly picture: ImageBitmap;
}

export type DifferenceAnswer = ShownDifference | { readonly error: string };

// Runs in a worker, so that comparing two million pixels does not block the slider.
addEventListener('message', ({ data }: MessageEvent<DifferenceRequest>) => {
  try {
    const found: DifferenceAnswer = compare(data);
    data.port.postMessage(found, [found.picture]);
  } catch (error) {
    const failed: DifferenceAnswer = { error: String(error) };
    data.port.postMessage(failed);
  }
});

function compare({ preview, video }: DifferenceRequest): ShownDifference {
  const { width, height } = preview;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('This browser does not support canvas in workers.');
  const [first, second] = [preview, video].map((bitmap) => {
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    return context.getImageData(0, 0, width, height);
  }) as [ImageData, ImageData];
  const { picture, ...shares } = comparePictures(first.data, second.data);
  context.putImageData(new ImageData(picture, width, height), 0, 0);
  return { ...shares, picture: canvas.transferToImageBitmap() };
}
