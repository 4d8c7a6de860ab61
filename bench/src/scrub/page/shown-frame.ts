import { shownFrame as frameInPixels } from '@defrag/numbered-video/shown-frame';
import { readStrip, STRIP, STRIP_CELLS } from '@defrag/numbered-video/strip';
import { FPS } from './contender.ts';

/** The number of the frame that an element shows; `undefined` when it is unknown. */
export function shownFrame(picture: HTMLVideoElement | HTMLCanvasElement): number | undefined {
  return picture instanceof HTMLVideoElement ? frameOfVideo(picture) : frameOfCanvas(picture);
}

/** From the frame's timestamp: reading a video's pixels would take as long as presenting it. */
function frameOfVideo(video: HTMLVideoElement): number | undefined {
  let frame: VideoFrame;
  try {
    frame = new VideoFrame(video);
  } catch {
    // During a seek a video returns no frame, although it still shows the previous one.
    return undefined;
  }
  const number = Math.floor((frame.timestamp / 1e6) * FPS + 0.01);
  frame.close();
  return number;
}

/** From the strip in the pixels. */
function frameOfCanvas(canvas: HTMLCanvasElement): number | undefined {
  if (canvas.width === 0) return undefined;
  const context = canvas.getContext('2d');
  // A bitmaprenderer canvas cannot be read directly.
  if (!context) return frameInPixels(canvas);
  const y = STRIP.y + STRIP.cellHeight / 2;
  const { data } = context.getImageData(STRIP.x, y, STRIP.cellWidth * STRIP_CELLS, 1);
  return readStrip(
    Array.from({ length: STRIP_CELLS }, (_, cell) => data[(cell + 0.5) * STRIP.cellWidth * 4] ?? 0),
  );
}
