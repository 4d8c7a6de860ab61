import { readStrip, STRIP, STRIP_CELLS } from '@defrag/numbered-video/strip';
import { FPS } from './contender.ts';

/** Width in pixels of the video that all contenders get. */
const VIDEO_WIDTH = 1_920;

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

/** What strips are copied to that cannot be read where they are. */
const copy = new OffscreenCanvas(STRIP_CELLS, 1).getContext('2d', { willReadFrequently: true });

/** By the strip in its pixels. */
function frameOfCanvas(canvas: HTMLCanvasElement): number | undefined {
  if (canvas.width === 0) return undefined;
  const context = canvas.getContext('2d');
  return readStrip(context ? cellsThere(context) : cellsOfCopy(canvas));
}

function cellsThere(context: CanvasRenderingContext2D): number[] {
  const y = STRIP.y + STRIP.cellHeight / 2;
  const { data } = context.getImageData(STRIP.x, y, STRIP.cellWidth * STRIP_CELLS, 1);
  return Array.from({ length: STRIP_CELLS }, (_, cell) => data[(cell + 0.5) * STRIP.cellWidth * 4] ?? 0);
}

/** Of a canvas that shows bitmaps, in any size. */
function cellsOfCopy(canvas: HTMLCanvasElement): number[] {
  if (!copy) return [];
  const scale = canvas.width / VIDEO_WIDTH;
  const width = STRIP.cellWidth * STRIP_CELLS * scale;
  const y = (STRIP.y + STRIP.cellHeight / 2) * scale;
  copy.imageSmoothingEnabled = false;
  copy.drawImage(canvas, STRIP.x * scale, y, width, 1, 0, 0, STRIP_CELLS, 1);
  const { data } = copy.getImageData(0, 0, STRIP_CELLS, 1);
  return Array.from({ length: STRIP_CELLS }, (_, cell) => data[cell * 4] ?? 0);
}
