export interface FramePainter {
  /**
   * Shows a picture and sets `data-frame`, unless `hide` is called meanwhile. Calls must not overlap.
   *
   * @throws when the browser cannot convert the picture
   */
  paint(picture: VideoFrame, frame: number): Promise<void>;
  /** Shows the video instead. */
  hide(): void;
}

/** CSS properties copied from the video, so that the canvas covers it exactly. */
const TAKEN_OVER = [
  'width',
  'height',
  'box-sizing',
  'padding',
  'border',
  'border-radius',
  'object-fit',
  'object-position',
  'transform',
  'transform-origin',
  'filter',
  'opacity',
  'clip-path',
  'z-index',
];

/** Paints on a canvas over a video. The canvas is in the document only while it shows a picture. */
export function createPainter(video: HTMLVideoElement): FramePainter {
  const canvas = document.createElement('canvas');
  canvas.dataset['scrubber'] = 'picture';
  canvas.ariaHidden = 'true';
  const context = canvas.getContext('bitmaprenderer', { alpha: false });
  let pixels: ImageData | undefined;
  /** Number of `hide` calls, to discard pictures converted across one. */
  let hides = 0;

  const cover = () => {
    const { style } = canvas;
    const wanted = video.getBoundingClientRect();
    let there = canvas.getBoundingClientRect();
    if (wanted.width !== there.width || wanted.height !== there.height) {
      const look = getComputedStyle(video);
      style.cssText =
        'position:absolute;inset:0 auto auto 0;margin:0;max-width:none;max-height:none;pointer-events:none';
      for (const name of TAKEN_OVER) style.setProperty(name, look.getPropertyValue(name));
      // Also restores a canvas that the page has removed.
      if (video.nextSibling !== canvas) video.after(canvas);
      there = canvas.getBoundingClientRect();
    }
    style.left = `${Number.parseFloat(style.left) + wanted.left - there.left}px`;
    style.top = `${Number.parseFloat(style.top) + wanted.top - there.top}px`;
  };
  /** Copies frames that are already in main memory: Chromium caches bitmaps drawn from a VideoFrame, up to half a gigabyte. */
  const readable = async (picture: VideoFrame) => {
    if (picture.format !== 'I420') return picture;
    pixels ??= new ImageData(picture.displayWidth, picture.displayHeight);
    await picture.copyTo(pixels.data, { format: 'RGBA' });
    return pixels;
  };
  return {
    async paint(picture, frame) {
      const before = hides;
      const { width, height, fillsBox } = seenSize(video, picture);
      const bitmap = await createImageBitmap(await readable(picture), {
        resizeWidth: width,
        resizeHeight: height,
      });
      if (hides !== before) return bitmap.close();
      if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
        canvas.width = bitmap.width;
        canvas.height = bitmap.height;
      }
      context?.transferFromImageBitmap(bitmap);
      canvas.dataset['frame'] = String(frame);
      cover();
      // The bitmap's aspect ratio is rounded: fitting by it would shift the picture by a fraction of a pixel.
      if (fillsBox) canvas.style.objectFit = 'fill';
    },
    hide() {
      hides += 1;
      canvas.remove();
      context?.transferFromImageBitmap(null);
    },
  };
}

/**
 * Canvas size in device pixels: a larger one would cost time and memory, one off by a pixel would be smoothed where the video is
 * not. Enlarged pictures keep their own size.
 */
function seenSize(video: HTMLVideoElement, { displayWidth, displayHeight }: VideoFrame) {
  const { left, right, top, bottom } = video.getBoundingClientRect();
  // Browsers snap box edges to whole device pixels.
  const length = (from: number, to: number) =>
    Math.round(to * devicePixelRatio) - Math.round(from * devicePixelRatio);
  const width = Math.max(1, length(left, right));
  if (width >= displayWidth) return { width: displayWidth, height: displayHeight, fillsBox: false };
  const boxHeight = length(top, bottom);
  const height = (displayHeight * width) / displayWidth;
  // With another aspect ratio, object-fit adds bars or crops.
  const fillsBox = Math.abs(boxHeight - height) <= 1;
  return { width, height: fillsBox ? boxHeight : Math.max(1, Math.round(height)), fillsBox };
}
