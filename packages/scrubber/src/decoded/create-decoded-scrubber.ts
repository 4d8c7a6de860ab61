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

/** Milliseconds without a new value after which the video is sought. */
const REST_MS = 100;

/** Most memory that decoded frames may take, in bytes; at 1920x1080 that is 20 of them, two groups of 10. */
const MAX_DECODED_BYTES = 64e6;

/**
 * A scrubber that, while the position moves, shows frames which it decodes itself, on a canvas over the video. When the position
 * has come to rest the video is sought, and the canvas goes. So movement is as smooth backwards as forwards, and all else is
 * as with `createScrubber`.
 *
 * For this the file is fetched once more and kept in memory: with `preload="auto"` when the first frame is shown, else with the
 * first movement. It has to be an MP4 of at most 32 MB with H.264 of a constant frame rate and a keyframe every few frames (every
 * 10 at 1920x1080), which the page may fetch, and the browser has to have WebCodecs. Where one of these is missing, it is
 * `createScrubber` alone.
 *
 * @throws RangeError when `fps` is not above 0
 */
export function createDecodedScrubber(
  video: HTMLVideoElement,
  options: ScrubberOptions = {},
): ScrubberController {
  const { fps = DEFAULT_FPS, value = 0, onStatusChange } = options;
  const painter = createPainter(video);
  let position = clampValue(value);
  /** The position that the video was sought to last. */
  let sought = position;
  let status: ScrubberStatus | undefined;
  let videoStatus: ScrubberStatus | undefined;
  /** Waits for the position to come to rest, as long as the canvas follows it. */
  let restTimer: ReturnType<typeof setTimeout> | undefined;
  /** The request that was made for the present source, at most one. */
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
      // Another number of frames would be another frame at the same position.
      if (mp4.frames.length !== frameCount(video.duration, fps)) return;
      if (decodedBytes(video, mp4.groups) > MAX_DECODED_BYTES) return;
      const { supported } = await VideoDecoder.isConfigSupported(mp4);
      if (!supported || signal.aborted) return;
      picture = createMovingPicture(file, mp4, painter, () => {
        picture = undefined;
        rest();
      });
    } catch {
      // The video says itself what is wrong with it; and where only this is not possible, seeking is.
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
    // Before the video decodes too: the memory of both at a time would be more than is needed.
    picture?.hold();
    seekVideo();
    // It need not have moved.
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
  // Brightness of each pixel, two colours of each four.
  return 2 * longest * video.videoWidth * video.videoHeight * 1.5;
}
