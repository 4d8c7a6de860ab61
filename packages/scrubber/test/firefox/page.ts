import { createDecodedScrubber } from '../../src/decoded/index.ts';
import { createScrubber, frameAt } from '../../src/index.ts';
import { FRAMES, makeVideo, shownFrame } from '../support/shown-frame.ts';

/** Scrubber under test. */
export type ScrubberName = keyof typeof SCRUBBERS;

const SCRUBBERS = { createScrubber, createDecodedScrubber };

declare global {
  var settleAtEach: (name: ScrubberName, src: string, values: number[]) => Promise<(number | undefined)[]>;
  var settleAfterDrag: (
    name: ScrubberName,
    src: string,
    durationMs: number,
    isBackwards: boolean,
  ) => Promise<{ shown: number | undefined; wanted: number; paused: boolean }>;
}

/** Frames displayed after settling at each value. */
globalThis.settleAtEach = async (name, src, values) => {
  const video = makeVideo({ src });
  const scrubber = SCRUBBERS[name](video);
  const shown = [];
  for (const value of values) {
    scrubber.seek(value);
    await scrubber.settled();
    shown.push(shownFrame(video));
  }
  scrubber.destroy();
  video.remove();
  return shown;
};

/** Displayed and expected frame after a drag over the whole range. */
globalThis.settleAfterDrag = async (name, src, durationMs, isBackwards) => {
  const video = makeVideo({ src });
  const scrubber = SCRUBBERS[name](video, { value: isBackwards ? 1 : 0 });
  await scrubber.settled();
  const startMs = performance.now();
  let value = 0;
  for (let share = 0; share < 1; ) {
    share = Math.min(1, (performance.now() - startMs) / durationMs);
    value = isBackwards ? 1 - share * 0.9 : share * 0.9;
    scrubber.seek(value);
    await new Promise(requestAnimationFrame);
  }
  await scrubber.settled();
  const result = { shown: shownFrame(video), wanted: frameAt(value, FRAMES), paused: video.paused };
  scrubber.destroy();
  video.remove();
  return result;
};
