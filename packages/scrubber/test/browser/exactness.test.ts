import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDecodedScrubber } from '../../src/decoded/index.ts';
import { createScrubber, frameAt, type ScrubberController } from '../../src/index.ts';
import { mediaUrl } from '../support/media-url.ts';
import { FRAMES, makeVideo, shownFrame } from '../support/shown-frame.ts';

describe.each([
  ['createScrubber', createScrubber, 1],
  // At rest it behaves like createScrubber, so fewer frames are enough.
  ['createDecodedScrubber', createDecodedScrubber, 9],
])('%s, once settled,', (_, create, everyFrames) => {
  let video: HTMLVideoElement;
  let scrubber: ScrubberController;

  beforeEach(() => {
    video = makeVideo({ src: mediaUrl('range/six.mp4') });
    scrubber = create(video);
  });
  afterEach(() => {
    scrubber.destroy();
    video.remove();
  });

  async function settleAt(value: number): Promise<number | undefined> {
    scrubber.seek(value);
    await scrubber.settled();
    return shownFrame(video);
  }

  it(`shows the exact frame in steps of ${everyFrames} from 180 frames, forwards`, async () => {
    for (let frame = 0; frame < FRAMES; frame += everyFrames) {
      expect(await settleAt(frame / (FRAMES - 1))).toBe(frame);
    }
  });

  it(`shows the exact frame in steps of ${everyFrames} from 180 frames, backwards`, async () => {
    for (let frame = FRAMES - 1; frame >= 0; frame -= everyFrames) {
      expect(await settleAt(frame / (FRAMES - 1))).toBe(frame);
    }
  });

  it('shows the right frame with 4 busy workers', async () => {
    const busy = new Blob(['for (;;);'], { type: 'text/javascript' });
    const workers = Array.from({ length: 4 }, () => new Worker(URL.createObjectURL(busy)));
    try {
      for (let index = 0; index < FRAMES; index += 3 * everyFrames) {
        const frame = (index * 67) % FRAMES;
        expect(await settleAt(frame / (FRAMES - 1))).toBe(frame);
      }
    } finally {
      for (const worker of workers) worker.terminate();
    }
  });

  it('shows the first frame at 0, the last at 1, and clamps values outside 0..1', async () => {
    const frames = [];
    for (const value of [0, 1, -0.5, 1.5, Number.NaN]) frames.push(await settleAt(value));
    expect(frames).toEqual([0, 179, 0, 179, 0]);
  });

  it('shows the frame nearest to any value', async () => {
    for (const value of [0.2, 0.001, 0.9994, 0.5, 1 / 3, 0.777, 0.0028, 0.99]) {
      expect(await settleAt(value)).toBe(frameAt(value, FRAMES));
    }
  });

  it.each([
    ['forwards', (share: number) => share],
    ['backwards', (share: number) => 1 - share],
    ['back and forth', (share: number) => (1 - Math.cos(share * Math.PI * 5)) / 2],
    ['in leaps', (share: number) => (share * 7.3) % 1],
    ['forwards and slightly back', (share: number) => (share < 0.9 ? share : 1.7 - share)],
  ])('shows the frame of the last value after a drag %s', async (_, path) => {
    for (const durationMs of [150, 700, 1_500]) {
      await drag(durationMs, (share) => scrubber.seek(path(share)));
      await scrubber.settled();
      expect(shownFrame(video)).toBe(frameAt(path(1), FRAMES));
      expect(video.paused).toBe(true);
      expect(video.playbackRate).toBe(1);
    }
  });
});

/** Calls back on every display refresh with the elapsed share of the duration, 0..1, and finally with 1. */
function drag(durationMs: number, onShare: (share: number) => void): Promise<void> {
  return new Promise((resolve) => {
    const startMs = performance.now();
    const step = () => {
      const share = Math.min(1, (performance.now() - startMs) / durationMs);
      onShare(share);
      if (share < 1) requestAnimationFrame(step);
      else resolve();
    };
    step();
  });
}
