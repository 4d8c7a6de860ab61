import { frameAt } from '@defrag/scrubber';
import type { Contender } from './contender.ts';
import { shownFrame } from './shown-frame.ts';

/** Measurements of one drag. */
export interface DragResult {
  /** New frames presented during the drag. */
  readonly presented: number;
  /** Longest time without a new frame during the drag, milliseconds. */
  readonly longestGapMs: number;
  /** Distance between the shown and the requested frame, in frames, averaged over the drag. */
  readonly meanErrorFrames: number;
  /** Distance between the shown and the requested frame after everything has settled, in frames. */
  readonly finalErrorFrames: number;
}

/** The requested position for a share 0..1 of the drag's time. */
export type Path = (share: number) => number;

/** Milliseconds without a new frame after which everything counts as settled. */
const REST_MS = 500;

/**
 * Drags along a path, once per display refresh, and records what is shown.
 *
 * A video's presented frames are those that the browser counts; a canvas's are its changes.
 */
export async function measureDrag(
  contender: Contender,
  path: Path,
  { durationMs, frames }: { durationMs: number; frames: number },
): Promise<DragResult> {
  contender.seek(path(0));
  await rest(contender);
  const pictures = countPictures(contender);
  const startMs = performance.now();
  let shown = shownFrame(contender.picture()) ?? 0;
  let errorSum = 0;
  let samples = 0;
  for (let share = 0; share < 1; ) {
    const nowMs = await nextPicture();
    shown = shownFrame(contender.picture()) ?? shown;
    errorSum += Math.abs(shown - frameAt(path(share), frames));
    samples += 1;
    share = Math.min(1, (nowMs - startMs) / durationMs);
    contender.seek(path(share));
  }
  const { presented, longestGapMs } = pictures.stop();
  const final = await rest(contender);
  return {
    presented,
    longestGapMs,
    meanErrorFrames: errorSum / samples,
    finalErrorFrames: Math.abs(final - frameAt(path(1), frames)),
  };
}

function countPictures(contender: Contender): { stop(): { presented: number; longestGapMs: number } } {
  const picture = contender.picture();
  return picture instanceof HTMLVideoElement && !contender.paints
    ? countOfVideo(picture)
    : countOfChanges(contender);
}

function countOfVideo(video: HTMLVideoElement) {
  let presented = 0;
  let before: number | undefined;
  const gaps = watchGaps();
  let handle = video.requestVideoFrameCallback(function onFrame(nowMs, { presentedFrames }) {
    // Some frames are presented without a callback, but all are counted.
    if (before !== undefined) presented += presentedFrames - before;
    else presented += 1;
    before = presentedFrames;
    gaps.onPicture(nowMs);
    handle = video.requestVideoFrameCallback(onFrame);
  });
  return {
    stop() {
      video.cancelVideoFrameCallback(handle);
      return { presented, longestGapMs: gaps.longestMs() };
    },
  };
}

function countOfChanges(contender: Contender) {
  let presented = 0;
  let last = shownFrame(contender.picture());
  const gaps = watchGaps();
  let handle = requestAnimationFrame(function onPicture(nowMs) {
    const shown = shownFrame(contender.picture());
    if (shown !== last) {
      presented += 1;
      gaps.onPicture(nowMs);
    }
    last = shown;
    handle = requestAnimationFrame(onPicture);
  });
  return {
    stop() {
      cancelAnimationFrame(handle);
      return { presented, longestGapMs: gaps.longestMs() };
    },
  };
}

function watchGaps() {
  let lastMs = performance.now();
  let longest = 0;
  const onPicture = (nowMs: number) => {
    longest = Math.max(longest, nowMs - lastMs);
    lastMs = nowMs;
  };
  return {
    onPicture,
    longestMs() {
      onPicture(performance.now());
      return longest;
    },
  };
}

/** Resolves with the shown frame once there has been no new one for a while. */
async function rest(contender: Contender): Promise<number> {
  let shown = Number.NaN;
  let changedMs = performance.now();
  for (let nowMs = changedMs; nowMs - changedMs < REST_MS; ) {
    nowMs = await nextPicture();
    const now = shownFrame(contender.picture()) ?? shown;
    if (!Object.is(now, shown)) changedMs = nowMs;
    shown = now;
  }
  return shown;
}

function nextPicture(): Promise<number> {
  return new Promise(requestAnimationFrame);
}
