import {
  createScrubber,
  type ScrubberController,
  type ScrubberOptions,
  type ScrubberStatus,
} from '../core/create-scrubber.ts';
import { clampValue, DEFAULT_FPS, frameAt, frameCount } from '../core/frames.ts';
import type { ScrubberError } from '../core/scrubber-error.ts';
import { loadFile } from './load-file.ts';
import { createMovingPicture, type MovingPicture } from './moving-picture.ts';
import { type FrameGroup, readMp4 } from './mp4.ts';
import { createPainter } from './painter.ts';

/** Milliseconds without a new value after which the video seeks. */
const REST_MS = 100;

/** Memory limit for decoded frames, in bytes: 20 frames at 1920x1080, or two groups of 10. */
const MAX_DECODED_BYTES = 64e6;

/**
 * Like `createScrubber`, but equally smooth in both directions: while the position moves, it decodes frames itself and paints
 * them on a canvas over the video. When the position rests, the video seeks and the canvas is removed.
 *
 * It fetches the file a second time and keeps it in memory: after the first frame with `preload="auto"`, otherwise on the first
 * movement. Requires WebCodecs and an MP4 that the page may fetch: at most 32 MB, H.264, constant frame rate, frequent keyframes
 * (at 1920x1080 at least every 10 frames). Without them it behaves like `createScrubber`.
 *
 * @throws {RangeError} when `fps` is not above 0
 */
export function createDecodedScrubber(
  video: HTMLVideoElement,
  options: ScrubberOptions = {},
): ScrubberController {
  const { fps = DEFAULT_FPS, value = 0, onStatusChange } = options;
  const painter = createPainter(video);
  let position = clampValue(value);
  /** Position of the video's last seek. */
  let sought = position;
  let status: ScrubberStatus | undefined;
  let videoStatus: ScrubberStatus | undefined;
  /** Set while the canvas follows the position; fires when the position rests. */
  let restTimer: ReturnType<typeof setTimeout> | undefined;
  /** The one request for the current source. */
  let request: AbortController | undefined;
  let picture: MovingPicture | undefined;

  const setStatus = (next: ScrubberStatus, error?: ScrubberError) => {
    if (next === status) return;
    status = next;
    onStatusChange?.(next, error);
  };
  const load = async () => {
    if (request || !('VideoDecoder' in globalThis)) return;
    request = new AbortController();
    const { signal } = request;
    try {
      const file = await loadFile(video, signal);
      const mp4 = readMp4(file, fps);
      // With a different number of frames, positions would map to different frames.
      if (mp4.frames.length !== frameCount(video.duration, fps)) return;
      if (decodedBytes(video, mp4.groups) > MAX_DECODED_BYTES) return;
      const { supported } = await VideoDecoder.isConfigSupported(mp4);
      if (!supported || signal.aborted) return;
      picture = createMovingPicture(file, mp4, painter, () => {
        picture = undefined;
        rest();
      });
    } catch {
      // The video reports its own errors; if only decoding fails, seeking still works.
    }
  };
  const stop = () => {
    clearTimeout(restTimer);
    restTimer = undefined;
  };
  const seekVideo = () => {
    stop();
    sought = position;
    scrubber.seek(position);
  };
  const drop = () => {
    if (restTimer) seekVideo();
    request?.abort();
    picture?.hide();
    request = picture = undefined;
  };
  const onVideo = (next: ScrubberStatus, error?: ScrubberError) => {
    videoStatus = next;
    if (next === 'loading' || next === 'error') drop();
    else if (restTimer) return;
    else if (next === 'settled') {
      picture?.hide();
      if (video.preload === 'auto') void load();
    }
    setStatus(next, error);
  };
  const rest = () => {
    // Release decoded frames before the video decodes too, to save memory.
    picture?.hold();
    seekVideo();
    // If the video is already there, it reports no change.
    if (videoStatus === 'settled') onVideo('settled');
  };
  const scrubber = createScrubber(video, { ...options, onStatusChange: onVideo });

  return {
    seek(next) {
      const before = position;
      position = clampValue(next);
      if (position === before) return;
      if (!picture) {
        if (videoStatus === 'settled') void load();
        seekVideo();
        return;
      }
      const frames = frameCount(video.duration, fps);
      setStatus('seeking');
      clearTimeout(restTimer);
      restTimer = setTimeout(rest, REST_MS);
      picture.show(frameAt(position, frames), frameAt(sought, frames));
    },
    async settled() {
      do {
        if (restTimer) rest();
        await scrubber.settled();
      } while (restTimer);
    },
    destroy() {
      stop();
      drop();
      scrubber.destroy();
      videoStatus = undefined;
    },
  };
}

function decodedBytes(video: HTMLVideoElement, groups: readonly FrameGroup[]): number {
  const longest = groups.reduce((length, { from, to }) => Math.max(length, to - from), 0);
  // 4:2:0: one luma byte per pixel, two chroma bytes per four pixels.
  return 2 * longest * video.videoWidth * video.videoHeight * 1.5;
}
