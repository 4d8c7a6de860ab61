import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDecodedScrubber } from '../../src/decoded/index.ts';
import {
  frameAt,
  type ScrubberController,
  type ScrubberOptions,
  type ScrubberStatus,
} from '../../src/index.ts';
import { mediaUrl } from '../support/media-url.ts';
import { type Scrubbed, scrubWith } from '../support/scrub.ts';
import { FRAMES, makeVideo, shownFrame } from '../support/shown-frame.ts';
import { waitFor } from '../support/wait-for.ts';

/** The position of frame 90. */
const MIDDLE = 90 / (FRAMES - 1);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const scrub = (path: string, attributes?: Partial<HTMLVideoElement>, options?: ScrubberOptions) =>
  scrubWith(createDecodedScrubber, path, attributes, options);

const canvas = () => document.querySelector<HTMLCanvasElement>('canvas[data-scrubber="picture"]');
const canvasFrame = () => {
  const there = canvas();
  return there ? shownFrame(there) : undefined;
};

/** Waits for the next display refresh, at most 20 ms: on a busy machine a slower drag would count as rest. */
const nextInput = () =>
  new Promise((resolve) => {
    requestAnimationFrame(resolve);
    setTimeout(resolve, 20);
  });

/** Moves back and forth until the canvas appears: the frame that the video shows is not painted. */
async function untilCanvas(scrubber: ScrubberController): Promise<void> {
  for (let step = 0; !canvas(); step += 1) {
    scrubber.seek(step % 2 ? MIDDLE : 0.25);
    await nextInput();
  }
}

/** Like {@link untilCanvas}, then moves to frame 90 until it is painted. */
async function untilPainted(scrubber: ScrubberController): Promise<void> {
  await untilCanvas(scrubber);
  await moveUntil(() => canvasFrame() === 90, scrubber, MIDDLE);
}

/** Moves around a position by less than a frame until a condition holds. */
async function moveUntil(isSo: () => boolean, scrubber: ScrubberController, value: number): Promise<void> {
  const other = value + (value < 0.5 ? 1e-6 : -1e-6);
  for (let step = 0; !isSo(); step += 1) {
    scrubber.seek(step % 2 ? other : value);
    await nextInput();
  }
}

/** Creates a scrubber, waits until it settles and paints frame 90. */
async function painting(
  path = 'range/six.mp4',
  attributes: Partial<HTMLVideoElement> = {},
  options: ScrubberOptions = {},
) {
  const made = scrub(path, attributes, options);
  await made.scrubber.settled();
  await untilPainted(made.scrubber);
  return made;
}

describe('createDecodedScrubber during movement', () => {
  it.each([
    ['180 frames forwards', FRAMES, (step: number) => step],
    ['180 frames backwards', FRAMES, (step: number) => FRAMES - 1 - step],
    ['180 frames in leaps', FRAMES, (step: number) => (step * 67) % FRAMES],
  ] as const)('shows each of %s', async (_, steps, frameOf) => {
    const { scrubber } = await painting();
    for (let step = 0; step < steps; step += 1) {
      const frame = frameOf(step);
      await moveUntil(() => canvasFrame() === frame, scrubber, frame / (FRAMES - 1));
    }
  });

  it('never shows a frame further from the position than the previous one', async () => {
    const { scrubber } = await painting();
    await moveUntil(() => canvasFrame() === FRAMES - 1, scrubber, 1);
    let before = FRAMES - 1;
    for (let wanted = FRAMES - 1; wanted >= 0; wanted -= 1) {
      scrubber.seek(wanted / (FRAMES - 1));
      await new Promise(requestAnimationFrame);
      const shown = canvasFrame() ?? before;
      expect(Math.abs(shown - wanted)).toBeLessThanOrEqual(Math.abs(before - wanted));
      before = shown;
    }
  });

  it.each([
    {},
    { objectFit: 'cover', height: '200px', borderRadius: '12px' },
    { padding: '10px 20px', border: '4px solid', boxSizing: 'border-box' },
    { maxWidth: '300px', marginLeft: '33.5px' },
  ])('covers a video with style %o exactly', async (style) => {
    const made = scrub('range/six.mp4');
    Object.assign(made.video.style, style);
    await made.scrubber.settled();
    await untilPainted(made.scrubber);
    const there = canvas() as HTMLCanvasElement;
    expect(boxOf(there)).toEqual(boxOf(made.video));
    const look = (element: Element) => {
      const { borderRadius, padding, borderWidth, transform } = getComputedStyle(element);
      return { borderRadius, padding, borderWidth, transform };
    };
    expect(look(there)).toEqual(look(made.video));
    expect(
      document.elementFromPoint(
        there.getBoundingClientRect().left + 50,
        there.getBoundingClientRect().top + 50,
      ),
    ).toBe(made.video);
  });

  it('crops the canvas like a video with object-fit: cover', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    video.style.objectFit = 'cover';
    video.style.height = '200px';
    await scrubber.settled();
    await untilPainted(scrubber);
    expect(getComputedStyle(canvas() as HTMLCanvasElement).objectFit).toBe('cover');
    expect(canvas()).toMatchObject({ width: 640, height: 360 });
  });

  it('moves the canvas with the video', async () => {
    const { video, scrubber } = await painting();
    video.style.marginTop = '40px';
    video.style.width = '500px';
    await moveUntil(() => canvasFrame() === 20, scrubber, 20 / (FRAMES - 1));
    expect(boxOf(canvas() as HTMLCanvasElement)).toEqual(boxOf(video));
  });

  it('sizes the canvas to the displayed device pixels', async () => {
    await painting();
    expect(canvas()).toMatchObject({ width: 640 * devicePixelRatio, height: 360 * devicePixelRatio });
  });

  it('paints pixels within 1.5 of the video on average', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    // Full size, because canvas and video are scaled down differently.
    video.style.width = '1920px';
    await scrubber.settled();
    await untilPainted(scrubber);
    const painted = pixelsOf(canvas() as HTMLCanvasElement);
    await scrubber.settled();
    expect(shownFrame(video)).toBe(90);
    const inVideo = pixelsOf(video);
    const difference = painted.reduce(
      (sum, value, index) => sum + Math.abs(value - (inVideo[index] ?? 0)),
      0,
    );
    expect(difference / painted.length).toBeLessThan(1.5);
  });

  it('reports seeking, then settled', async () => {
    const onStatusChange = vi.fn();
    const { scrubber } = await painting('range/six.mp4', {}, { onStatusChange });
    await scrubber.settled();
    onStatusChange.mockClear();
    await moveUntil(() => canvasFrame() === 7, scrubber, 7 / (FRAMES - 1));
    await scrubber.settled();
    // On a busy machine the position may rest in between.
    expect(onStatusChange.mock.calls.map(([status]) => status).join(' ')).toMatch(
      /^seeking settled( seeking settled)*$/,
    );
  });
});

describe('createDecodedScrubber at rest', () => {
  it('removes the canvas and shows the frame in the paused video', async () => {
    const { video, scrubber } = await painting();
    await moveUntil(() => canvasFrame() === 33, scrubber, 33 / (FRAMES - 1));
    await waitFor(() => expect(canvas()).toBeNull());
    expect(shownFrame(video)).toBe(33);
    expect(video.paused).toBe(true);
  });

  it('settles when the position returns to where it started', async () => {
    const { video, scrubber } = await painting();
    await scrubber.settled();
    const frame = shownFrame(video);
    scrubber.seek(0.9);
    scrubber.seek(MIDDLE);
    await scrubber.settled();
    expect(canvas()).toBeNull();
    expect(shownFrame(video)).toBe(frame);
  });

  it('settled() waits for a value set meanwhile', async () => {
    const { video, scrubber } = await painting();
    const settled = scrubber.settled();
    scrubber.seek(0.25);
    await settled;
    expect(shownFrame(video)).toBe(frameAt(0.25, FRAMES));
  });
});

describe('createDecodedScrubber fetches the file', () => {
  const fetches = () =>
    performance
      .getEntriesByType('resource')
      .filter(
        (entry) =>
          (entry as PerformanceResourceTiming).initiatorType === 'fetch' &&
          entry.name.endsWith('range/six.mp4'),
      ).length;

  it('once after the first frame with preload="auto"', async () => {
    performance.clearResourceTimings();
    const { scrubber } = scrub('range/six.mp4', { preload: 'auto' });
    await scrubber.settled();
    await waitFor(() => expect(fetches()).toBe(1));
  });

  it('once, on the first movement, with preload="metadata"', async () => {
    performance.clearResourceTimings();
    const { scrubber } = scrub('range/six.mp4', { preload: 'metadata' });
    await scrubber.settled();
    // An earlier request would have finished before this one.
    await fetch(mediaUrl('whole/six.mp4'));
    expect(fetches()).toBe(0);
    await untilPainted(scrubber);
    await scrubber.settled();
    await untilPainted(scrubber);
    expect(fetches()).toBe(1);
  });

  it('from a server without Range', async () => {
    const { video, scrubber } = await painting('whole/six.mp4');
    await scrubber.settled();
    expect(video.src).toMatch(/^blob:/);
    expect(shownFrame(video)).toBe(frameAt(0.5, FRAMES));
  });
});

describe('createDecodedScrubber falls back to seeking', () => {
  async function expectVideoAlone({ video, scrubber }: Scrubbed): Promise<void> {
    await scrubber.settled();
    for (let step = 0; step <= 30; step += 1) {
      scrubber.seek(step / 40);
      await new Promise(requestAnimationFrame);
      expect(canvas()).toBeNull();
    }
    await scrubber.settled();
    // Cross-origin pixels cannot be read for all of these videos.
    expect(Math.floor(video.currentTime * 30)).toBe(frameAt(0.75, FRAMES));
  }

  it('without WebCodecs, and fetches nothing', async () => {
    const decoder = Object.getOwnPropertyDescriptor(globalThis, 'VideoDecoder') as PropertyDescriptor;
    Reflect.deleteProperty(globalThis, 'VideoDecoder');
    onTestFinished(() => {
      Object.defineProperty(globalThis, 'VideoDecoder', decoder);
    });
    const fetching = vi.spyOn(globalThis, 'fetch');
    await expectVideoAlone(scrub('range/six.mp4'));
    expect(fetching).not.toHaveBeenCalled();
  });

  it('when frames cannot be converted to bitmaps', async () => {
    vi.spyOn(VideoFrame.prototype, 'copyTo').mockRejectedValue(new DOMException('No', 'NotSupportedError'));
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('No', 'InvalidStateError')));
    await expectVideoAlone(scrub('range/six.mp4'));
  });

  it('when CORS forbids fetching the file', async () => {
    await expectVideoAlone(scrub('closed/six.mp4', { crossOrigin: null }));
  });

  it('when keyframes are too far apart for the memory limit', async () => {
    await expectVideoAlone(scrub('range/sparse.mp4'));
  });

  it('when the decoder does not support the codec', async () => {
    vi.spyOn(VideoDecoder, 'isConfigSupported').mockResolvedValue({ supported: false });
    await expectVideoAlone(scrub('range/six.mp4'));
  });
});

it('createDecodedScrubber rejects with damaged and removes the canvas for a damaged file', async () => {
  const statuses: ScrubberStatus[] = [];
  const { scrubber } = scrub('damaged/six.mp4', {}, { onStatusChange: (status) => statuses.push(status) });
  await scrubber.settled();
  let error: unknown;
  await moveUntil(() => statuses.includes('error'), scrubber, 0.3);
  await scrubber.settled().catch((caught) => {
    error = caught;
  });
  expect(error).toMatchObject({ code: 'damaged' });
  expect(canvas()).toBeNull();
});

describe('createDecodedScrubber interrupted during movement', () => {
  it('switches to a new source', async () => {
    const { video, scrubber } = await painting();
    scrubber.seek(0.75);
    video.src = mediaUrl('range/two.mp4');
    await waitFor(() => expect(video.duration).toBe(2));
    await scrubber.settled();
    expect(canvas()).toBeNull();
    expect(shownFrame(video)).toBe(44);
    await untilCanvas(scrubber);
    await moveUntil(() => canvasFrame() === 59, scrubber, 1);
  });

  it('discards a bitmap that was converted after the canvas was removed', async () => {
    const { scrubber } = await painting();
    await scrubber.settled();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const convert = globalThis.createImageBitmap;
    const converting = vi.fn(async (...args: Parameters<typeof convert>) => {
      const bitmap = await convert(...args);
      await held;
      return bitmap;
    });
    vi.stubGlobal('createImageBitmap', converting);
    await moveUntil(() => converting.mock.calls.length === 1, scrubber, 0.1);
    await scrubber.settled();
    const bitmap = converting.mock.results[0]?.value;
    release();
    await bitmap;
    await new Promise(requestAnimationFrame);
    expect(canvas()).toBeNull();
  });

  it('destroy() removes the canvas, rejects settled() and reports no status', async () => {
    const onStatusChange = vi.fn();
    const { scrubber } = await painting('range/six.mp4', {}, { onStatusChange });
    scrubber.seek(0.7);
    const settled = scrubber.settled();
    onStatusChange.mockClear();
    scrubber.destroy();
    scrubber.destroy();
    scrubber.seek(0.1);
    expect(canvas()).toBeNull();
    await expect(settled).rejects.toMatchObject({ name: 'AbortError' });
    expect(canvas()).toBeNull();
    expect(onStatusChange).not.toHaveBeenCalled();
  });
});

it.each([0, -30, Number.NaN])('createDecodedScrubber throws RangeError for fps %d', (fps) => {
  expect(() => createDecodedScrubber(makeVideo(), { fps })).toThrow(`fps must be above 0, got ${fps}`);
});

/** Bounding box of an element, rounded to 1/20 pixel. */
function boxOf(element: Element): number[] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left, top, width, height].map((length) => Math.round(length * 20) / 20);
}

/** Pixels of a picture scaled to 160x90. */
function pixelsOf(picture: HTMLVideoElement | HTMLCanvasElement): number[] {
  const context = new OffscreenCanvas(160, 90).getContext('2d');
  if (!context) throw new Error('No canvas is available');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, 160, 90);
  return [...context.getImageData(0, 0, 160, 90).data];
}
