import { shownFrame as frameInPixels } from '@defrag/numbered-video/shown-frame';
import { readStrip, STRIP, STRIP_CELLS } from '@defrag/numbered-video/strip';
import { FPS } from './contender.ts';

/** The number of the frame that a picture shows now; `undefined` when that cannot be told. */
export function shownFrame(picture: HTMLVideoElement | HTMLCanvasElement): number | undefined {
  return picture instanceof HTMLVideoElement ? frameOfVideo(picture) : frameOfCanvas(picture);
}

/** By the time stamp of the frame: to read pixels of a video would take as long as to show it. */
function frameOfVideo(video: HTMLVideoElement): number | undefined {
  let frame: VideoFrame;
  try {
    frame = new VideoFrame(video);
  } catch {
    // In the middle of a seek a video does not give its frame away, though it goes on to show the one before.
    return undefined;
  }
  const number = Math.floor((frame.timestamp / 1e6) * FPS + 0.01);
  frame.close();
  return number;
}

/** By the strip in its pixels. */
function frameOfCanvas(canvas: HTMLCanvasElement): number | undefined {
  if (canvas.width === 0) return undefined;
  const context = canvas.getContext('2d');
  // A canvas of bitmaps cannot be read where it is.
  if (!context) return frameInPixels(canvas);
  const y = STRIP.y + STRIP.cellHeight / 2;
  const { data } = context.getImageData(STRIP.x, y, STRIP.cellWidth * STRIP_CELLS, 1);
  return readStrip(
    Array.from({ length: STRIP_CELLS }, (_, cell) => data[(cell + 0.5) * STRIP.cellWidth * 4] ?? 0),
  );
}
