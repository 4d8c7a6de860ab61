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

/** Moves to and fro until there is a canvas: what the video shows already need not be painted. */
async function untilCanvas(scrubber: ScrubberController): Promise<void> {
  for (let step = 0; !canvas(); step += 1) {
    scrubber.seek(step % 2 ? MIDDLE : 0.25);
    await new Promise(requestAnimationFrame);
  }
}

/** The same, and then to frame 90 until that is painted. */
async function untilPainted(scrubber: ScrubberController): Promise<void> {
  await untilCanvas(scrubber);
  await moveUntil(() => canvasFrame() === 90, scrubber, MIDDLE);
}

/** Moves about a position, less than a frame to and fro, until something is so. */
async function moveUntil(isSo: () => boolean, scrubber: ScrubberController, value: number): Promise<void> {
  const other = value + (value < 0.5 ? 1e-6 : -1e-6);
  for (let step = 0; !isSo(); step += 1) {
    scrubber.seek(step % 2 ? other : value);
    await new Promise(requestAnimationFrame);
  }
}

/** Settles, and moves to frame 90 until it is painted. */
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

describe('while the position moves', () => {
  it.each([
    ['forwards', (step: number) => step],
    ['backwards', (step: number) => FRAMES - 1 - step],
    ['in leaps', (step: number) => (step * 67) % FRAMES],
  ])('each of the 180 frames is shown, %s', async (_, frameOf) => {
    const { scrubber } = await painting();
    for (let step = 0; step < FRAMES; step += 1) {
      const frame = frameOf(step);
      await moveUntil(() => canvasFrame() === frame, scrubber, frame / (FRAMES - 1));
    }
  });

  it('no frame is shown that is further from the position than the one before it', async () => {
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
  ])('the canvas covers the video, styled %o', async (style) => {
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

  it('the canvas shows the part of the picture that the video shows', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    video.style.objectFit = 'cover';
    video.style.height = '200px';
    await scrubber.settled();
    await untilPainted(scrubber);
    expect(getComputedStyle(canvas() as HTMLCanvasElement).objectFit).toBe('cover');
    expect(canvas()).toMatchObject({ width: 640, height: 360 });
  });

  it('the canvas follows a video that moves in the page', async () => {
    const { video, scrubber } = await painting();
    video.style.marginTop = '40px';
    video.style.width = '500px';
    await moveUntil(() => canvasFrame() === 20, scrubber, 20 / (FRAMES - 1));
    expect(boxOf(canvas() as HTMLCanvasElement)).toEqual(boxOf(video));
  });

  it('the canvas has no more pixels than are seen', async () => {
    await painting();
    expect(canvas()).toMatchObject({ width: 640 * devicePixelRatio, height: 360 * devicePixelRatio });
  });

  it('the picture looks like that of the video', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    // As large as it is: smaller, a canvas and a video are made small in different ways.
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

  it('the scrubber says that it is seeking, until it has settled', async () => {
    const onStatusChange = vi.fn();
    const { scrubber } = await painting('range/six.mp4', {}, { onStatusChange });
    await scrubber.settled();
    onStatusChange.mockClear();
    await moveUntil(() => canvasFrame() === 7, scrubber, 7 / (FRAMES - 1));
    await scrubber.settled();
    // On a machine that stands still for a moment it comes to rest in between.
    expect(onStatusChange.mock.calls.map(([status]) => status).join(' ')).toMatch(
      /^seeking settled( seeking settled)*$/,
    );
  });
});

describe('when the position has come to rest', () => {
  it('the video shows the frame, and the canvas is gone', async () => {
    const { video, scrubber } = await painting();
    await moveUntil(() => canvasFrame() === 33, scrubber, 33 / (FRAMES - 1));
    await vi.waitFor(() => expect(canvas()).toBeNull());
    expect(shownFrame(video)).toBe(33);
    expect(video.paused).toBe(true);
  });

  it('it may be where it began', async () => {
    const { video, scrubber } = await painting();
    await scrubber.settled();
    const frame = shownFrame(video);
    scrubber.seek(0.9);
    scrubber.seek(MIDDLE);
    await scrubber.settled();
    expect(canvas()).toBeNull();
    expect(shownFrame(video)).toBe(frame);
  });

  it('a value that comes while one waits is waited for too', async () => {
    const { video, scrubber } = await painting();
    const settled = scrubber.settled();
    scrubber.seek(0.25);
    await settled;
    expect(shownFrame(video)).toBe(frameAt(0.25, FRAMES));
  });
});

describe('the file is fetched', () => {
  const fetches = () =>
    performance
      .getEntriesByType('resource')
      .filter(
        (entry) =>
          (entry as PerformanceResourceTiming).initiatorType === 'fetch' &&
          entry.name.endsWith('range/six.mp4'),
      ).length;

  it('with preload="auto" when the first frame is shown', async () => {
    performance.clearResourceTimings();
    const { scrubber } = scrub('range/six.mp4', { preload: 'auto' });
    await scrubber.settled();
    await vi.waitFor(() => expect(fetches()).toBe(1));
  });

  it('else not before the position moves, and once', async () => {
    performance.clearResourceTimings();
    const { scrubber } = scrub('range/six.mp4', { preload: 'metadata' });
    await scrubber.settled();
    // What was begun before is over before this.
    await fetch(mediaUrl('whole/six.mp4'));
    expect(fetches()).toBe(0);
    await untilPainted(scrubber);
    await scrubber.settled();
    await untilPainted(scrubber);
    expect(fetches()).toBe(1);
  });

  it('from a server without Range too', async () => {
    const { video, scrubber } = await painting('whole/six.mp4');
    await scrubber.settled();
    expect(video.src).toMatch(/^blob:/);
    expect(shownFrame(video)).toBe(frameAt(0.5, FRAMES));
  });
});

describe('where frames cannot be decoded by the page the video is scrubbed as without,', () => {
  async function expectVideoAlone({ video, scrubber }: Scrubbed): Promise<void> {
    await scrubber.settled();
    for (let step = 0; step <= 30; step += 1) {
      scrubber.seek(step / 40);
      await new Promise(requestAnimationFrame);
      expect(canvas()).toBeNull();
    }
    await scrubber.settled();
    // Not all of these videos may be read.
    expect(Math.floor(video.currentTime * 30)).toBe(frameAt(0.75, FRAMES));
  }

  it('without WebCodecs, for which nothing is fetched then', async () => {
    const decoder = Object.getOwnPropertyDescriptor(globalThis, 'VideoDecoder') as PropertyDescriptor;
    Reflect.deleteProperty(globalThis, 'VideoDecoder');
    onTestFinished(() => {
      Object.defineProperty(globalThis, 'VideoDecoder', decoder);
    });
    const fetching = vi.spyOn(globalThis, 'fetch');
    await expectVideoAlone(scrub('range/six.mp4'));
    expect(fetching).not.toHaveBeenCalled();
  });

  it('when pictures cannot be converted', async () => {
    vi.spyOn(VideoFrame.prototype, 'copyTo').mockRejectedValue(new DOMException('No', 'NotSupportedError'));
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('No', 'InvalidStateError')));
    await expectVideoAlone(scrub('range/six.mp4'));
  });

  it('when the page may not fetch the file', async () => {
    await expectVideoAlone(scrub('closed/six.mp4', { crossOrigin: null }));
  });

  it('when keyframes are so far apart that memory would not do', async () => {
    await expectVideoAlone(scrub('range/sparse.mp4'));
  });

  it('when the decoder does not know the codec', async () => {
    vi.spyOn(VideoDecoder, 'isConfigSupported').mockResolvedValue({ supported: false });
    await expectVideoAlone(scrub('range/six.mp4'));
  });
});

it('a damaged file is told by the video, and no canvas stays', async () => {
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

describe('in the middle of a movement', () => {
  it('another source is gone over to', async () => {
    const { video, scrubber } = await painting();
    scrubber.seek(0.75);
    video.src = mediaUrl('range/two.mp4');
    await vi.waitFor(() => expect(video.duration).toBe(2));
    await scrubber.settled();
    expect(canvas()).toBeNull();
    expect(shownFrame(video)).toBe(44);
    await untilCanvas(scrubber);
    await moveUntil(() => canvasFrame() === 59, scrubber, 1);
  });

  it('a picture that was on its way to the canvas does not come back when the video is shown again', async () => {
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

  it('letting go removes the canvas, ends the wait and leaves no error', async () => {
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

it.each([0, -30, Number.NaN])('a frame rate of %d is refused', (fps) => {
  expect(() => createDecodedScrubber(makeVideo(), { fps })).toThrow(`fps must be above 0, got ${fps}`);
});

/** Where an element is, to a twentieth of a pixel. */
function boxOf(element: Element): number[] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left, top, width, height].map((length) => Math.round(length * 20) / 20);
}

/** Red, green and blue of a picture, small. */
function pixelsOf(picture: HTMLVideoElement | HTMLCanvasElement): number[] {
  const context = new OffscreenCanvas(160, 90).getContext('2d');
  if (!context) throw new Error('There is no canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, 160, 90);
  return [...context.getImageData(0, 0, 160, 90).data];
}
