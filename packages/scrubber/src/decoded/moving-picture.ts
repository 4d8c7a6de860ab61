import { createFrameDecoder, type FrameDecoder } from './frame-decoder.ts';
import type { Mp4Video } from './mp4.ts';
import type { Painter } from './painter.ts';

/** Shows the frames of a position that moves. */
export interface MovingPicture {
  /**
   * Shows a frame, or the nearest that there is until it is decoded.
   *
   * @param inVideo the frame that the video shows
   */
  show(frame: number, inVideo: number): void;
  /** Goes on to show what it does, and decodes no more: to be called when the position has come to rest. */
  hold(): void;
  /** Shows the video again. */
  hide(): void;
}

/**
 * Decodes frames while a position moves, and paints one for each picture of the display.
 *
 * @param onFailure called when the file cannot be decoded or shown; the video is shown again then
 */
export function createMovingPicture(
  file: ArrayBuffer,
  video: Mp4Video,
  painter: Painter,
  onFailure: () => void,
): MovingPicture {
  let decoder: FrameDecoder | undefined;
  let wanted = 0;
  /** The frame that is seen on the canvas or, before anything was painted, in the video. */
  let seen: number | undefined;
  let isPainting = false;

  const paint = async () => {
    const [frame, picture] = decoder?.nearest() ?? [];
    if (isPainting || frame === undefined || picture === undefined || seen === undefined) return;
    if (Math.abs(frame - wanted) >= Math.abs(seen - wanted)) return;
    isPainting = true;
    seen = frame;
    // The decoder may close its own before it is painted.
    const copy = picture.clone();
    try {
      await painter.paint(copy, frame);
    } catch {
      fail();
    }
    copy.close();
    requestAnimationFrame(() => {
      isPainting = false;
      void paint();
    });
  };
  const hold = () => {
    decoder?.close();
    decoder = undefined;
  };
  const hide = () => {
    hold();
    painter.hide();
    seen = undefined;
  };
  const fail = () => {
    hide();
    onFailure();
  };
  return {
    show(frame, inVideo) {
      if (!decoder) {
        seen ??= inVideo;
        decoder = createFrameDecoder(file, video, {
          wanted: seen,
          onFrame: () => void paint(),
          onFailure: fail,
        });
      }
      wanted = frame;
      decoder.want(frame);
      void paint();
    },
    hold,
    hide,
  };
}
