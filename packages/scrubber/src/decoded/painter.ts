/** Shows pictures in the place of a video. */
export interface Painter {
  /**
   * Shows a picture, and its number as `data-frame`, unless the video is shown again meanwhile. Calls must not overlap.
   *
   * @throws Error when the browser cannot convert the picture
   */
  paint(picture: VideoFrame, frame: number): Promise<void>;
  /** Shows the video again. */
  hide(): void;
}

/** What a canvas takes over from its video so that it covers it exactly and looks alike. */
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

/** Paints on a canvas that lies over a video as long as there is something to show. */
export function createPainter(video: HTMLVideoElement): Painter {
  const canvas = document.createElement('canvas');
  canvas.dataset['scrubber'] = 'picture';
  canvas.ariaHidden = 'true';
  const context = canvas.getContext('bitmaprenderer', { alpha: false });
  /** Pixels of a picture on their way to the canvas. */
  let pixels: ImageData | undefined;
  /** How often the canvas was taken away: a picture that was on its way then comes too late. */
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
      // Also in the place of a canvas that the page has thrown out.
      if (video.nextSibling !== canvas) video.after(canvas);
      there = canvas.getBoundingClientRect();
    }
    style.left = `${Number.parseFloat(style.left) + wanted.left - there.left}px`;
    style.top = `${Number.parseFloat(style.top) + wanted.top - there.top}px`;
  };
  /** In memory that the page can read where it is there already: Chromium keeps what it draws from a frame, up to half a gigabyte. */
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
      // Its own shape is rounded: fitted by that, it would be moved by parts of a pixel.
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
 * Width and height in pixels of the display: a canvas of more would cost time and memory, and one that is off by one would be smoothed
 * where the video is not. A picture that is shown larger than it is keeps its own size.
 */
function seenSize(video: HTMLVideoElement, { displayWidth, displayHeight }: VideoFrame) {
  const { left, right, top, bottom } = video.getBoundingClientRect();
  // Boxes begin and end at whole pixels.
  const length = (from: number, to: number) =>
    Math.round(to * devicePixelRatio) - Math.round(from * devicePixelRatio);
  const width = Math.max(1, length(left, right));
  if (width >= displayWidth) return { width: displayWidth, height: displayHeight, fillsBox: false };
  const boxHeight = length(top, bottom);
  const height = (displayHeight * width) / displayWidth;
  // A box of another shape has bars, or shows a part.
  const fillsBox = Math.abs(boxHeight - height) <= 1;
  return { width, height: fillsBox ? boxHeight : Math.max(1, Math.round(height)), fillsBox };
}
