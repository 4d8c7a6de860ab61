import { createFrameDecoder, type FrameDecoder } from './frame-decoder.ts';
import type { Mp4Video } from './mp4.ts';
import type { FramePainter } from './painter.ts';

export interface MovingPicture {
  /**
   * Shows a frame, or the nearest decoded one until it is ready.
   *
   * @param inVideo the frame that the video displays
   */
  show(frame: number, inVideo: number): void;
  /** Keeps the current picture but stops decoding. */
  hold(): void;
  /** Shows the video instead. */
  hide(): void;
}

/**
 * Decodes frames while the position moves and paints one per display refresh.
 *
 * @param onFailure called when the file cannot be decoded or painted, after showing the video
 */
export function createMovingPicture(
  file: ArrayBuffer,
  video: Mp4Video,
  painter: FramePainter,
  onFailure: () => void,
): MovingPicture {
  let decoder: FrameDecoder | undefined;
  let wanted = 0;
  /** Frame on the canvas or, before the first paint, in the video. */
  let seen: number | undefined;
  let isPainting = false;

  const paint = async () => {
    const [frame, picture] = decoder?.nearest() ?? [];
    if (isPainting || frame === undefined || picture === undefined || seen === undefined) return;
    if (Math.abs(frame - wanted) >= Math.abs(seen - wanted)) return;
    isPainting = true;
    seen = frame;
    // The decoder may close its own picture before painting ends.
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
