import { frameAt } from '@defrag/scrubber';
import type { Contender } from './contender.ts';
import { shownFrame } from './shown-frame.ts';

/** What one drag gave. */
export interface DragResult {
  /** New pictures that were presented during the drag. */
  readonly presented: number;
  /** Longest time without a new picture during the drag, milliseconds. */
  readonly longestGapMs: number;
  /** How far the picture was from what was asked for, in frames, on average over the time of the drag. */
  readonly meanErrorFrames: number;
  /** How far the picture was from what was asked for when all had come to rest, in frames. */
  readonly finalErrorFrames: number;
}

/** What is asked for over the share 0..1 of the time of a drag. */
export type Path = (share: number) => number;

/** Milliseconds without any new picture after which all counts as come to rest. */
const REST_MS = 500;

/**
 * Drags along a path, once for each picture of the display, and watches what is shown.
 *
 * The presented pictures of a video are those that the browser counts; those of a canvas are its changes.
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
    // Some pictures are presented without a call, but none without being counted.
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

/** Resolves with the frame that is shown when no new one has come for a while. */
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
