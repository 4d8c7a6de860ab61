import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createScrubber,
  type ScrubberController,
  ScrubberError,
  type ScrubberOptions,
  type ScrubberStatus,
} from '../../src/index.ts';
import { mediaUrl } from '../support/media-url.ts';
import { type Scrubbed, scrubWith } from '../support/scrub.ts';
import { makeVideo, shownFrame } from '../support/shown-frame.ts';

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

const scrub = (path: string, attributes?: Partial<HTMLVideoElement>, options?: ScrubberOptions) =>
  scrubWith(createScrubber, path, attributes, options);

async function settledFrame({ video, scrubber }: Scrubbed) {
  await scrubber.settled();
  return shownFrame(video);
}

const failure = (scrubber: ScrubberController): Promise<ScrubberError> =>
  scrubber.settled().then(
    () => expect.unreachable(),
    (error) => error,
  );

describe('before a video has loaded', () => {
  it('a value is kept and shown as soon as it can', async () => {
    const { video, scrubber } = scrub('slow/six.mp4');
    expect(video.duration).toBeNaN();
    scrubber.seek(0.5);
    expect(await settledFrame({ video, scrubber })).toBe(90);
  });

  it('the value to begin at is shown', async () => {
    expect(await settledFrame(scrub('range/six.mp4', {}, { value: 0.25 }))).toBe(45);
  });

  it.each(['auto', 'metadata'] as const)('preload="%s" shows the first frame', async (preload) => {
    expect(await settledFrame(scrub('range/six.mp4', { preload }))).toBe(0);
  });

  it('preload="none" loads nothing before the value changes, and then all that is needed', async () => {
    const { video, scrubber } = scrub('range/six.mp4', { preload: 'none' });
    await new Promise((resolve) => video.addEventListener('suspend', resolve, { once: true }));
    scrubber.seek(0);
    expect(video.readyState).toBe(0);
    scrubber.seek(1);
    expect(await settledFrame({ video, scrubber })).toBe(179);
  });

  it('an element without a source waits for one', async () => {
    const video = makeVideo();
    const scrubber = createScrubber(video, { value: 1 });
    cleanUps.push(scrubber.destroy, () => video.remove());
    video.src = mediaUrl('range/two.mp4');
    expect(await settledFrame({ video, scrubber })).toBe(59);
  });
});

describe('a server without Range', () => {
  it('is no hindrance: the file is fetched whole', async () => {
    const { video, scrubber } = scrub('whole/six.mp4', {}, { value: 0.9 });
    expect(await settledFrame({ video, scrubber })).toBe(161);
    expect(video.src).toMatch(/^blob:/);
    scrubber.seek(0.1);
    expect(await settledFrame({ video, scrubber })).toBe(18);
  });

  it('leaves the element as it was when the scrubber lets go of it', async () => {
    const { video, scrubber } = scrub('whole/two.mp4');
    await scrubber.settled();
    const { src } = video;
    scrubber.destroy();
    expect(video.src).toBe(mediaUrl('whole/two.mp4'));
    await expect(fetch(src)).rejects.toThrow(TypeError);
  });

  it('makes room for the next source', async () => {
    const { video, scrubber } = scrub('whole/six.mp4', {}, { value: 1 });
    await scrubber.settled();
    const { src } = video;
    video.src = mediaUrl('range/two.mp4');
    await vi.waitFor(() => expect(video.duration).toBe(2));
    expect(await settledFrame({ video, scrubber })).toBe(59);
    await expect(fetch(src)).rejects.toThrow(TypeError);
  });
});

describe('a video that cannot be scrubbed', () => {
  it.each([
    ['missing/six.mp4', 'unavailable'],
    ['text/six.mp4', 'unsupported'],
    ['closed/six.mp4', 'unreachable'],
    ['cut/six.mp4', 'interrupted'],
  ])('%s is %s', async (path, code) => {
    const statuses: (ScrubberStatus | ScrubberError | undefined)[] = [];
    const { scrubber } = scrub(path, {}, { onStatusChange: (status, error) => statuses.push(status, error) });
    const error = await failure(scrubber);
    expect(error).toBeInstanceOf(ScrubberError);
    expect(error).toMatchObject({ name: 'ScrubberError', code, message: `The video is ${code}.` });
    expect(statuses.slice(-2)).toEqual(['error', error]);
  });

  it('is found out where it is damaged', async () => {
    const { scrubber } = scrub('damaged/six.mp4');
    await scrubber.settled();
    scrubber.seek(0.3);
    expect(await failure(scrubber)).toMatchObject({ code: 'damaged' });
  });

  it('of a server that is not there is unreachable', async () => {
    const video = makeVideo({ src: 'http://127.0.0.1:1/six.mp4' });
    const scrubber = createScrubber(video);
    cleanUps.push(scrubber.destroy, () => video.remove());
    expect(await failure(scrubber)).toMatchObject({ code: 'unreachable' });
  });

  it('had failed before anybody looked', async () => {
    const video = makeVideo({ src: mediaUrl('missing/six.mp4') });
    await new Promise((resolve) => video.addEventListener('error', resolve));
    const scrubber = createScrubber(video);
    cleanUps.push(scrubber.destroy, () => video.remove());
    expect(await failure(scrubber)).toMatchObject({ code: 'unavailable' });
  });

  it('is forgotten with its source, and the value is not', async () => {
    const { video, scrubber } = scrub('missing/six.mp4');
    await failure(scrubber);
    scrubber.seek(0.5);
    video.src = mediaUrl('range/six.mp4');
    await vi.waitFor(() => expect(video.readyState).toBeGreaterThan(0));
    expect(await settledFrame({ video, scrubber })).toBe(90);
  });
});

describe('another source in the middle of a seek', () => {
  it('is scrubbed to the same position', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    await scrubber.settled();
    scrubber.seek(0.75);
    video.src = mediaUrl('range/two.mp4');
    await vi.waitFor(() => expect(video.duration).toBe(2));
    expect(await settledFrame({ video, scrubber })).toBe(44);
  });

  it('in the middle of a drag, too', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    await scrubber.settled();
    await dragUntil(() => !video.paused, scrubber);
    video.src = mediaUrl('range/two.mp4');
    await vi.waitFor(() => expect(video.duration).toBe(2));
    scrubber.seek(1);
    expect(await settledFrame({ video, scrubber })).toBe(59);
    expect(video.paused).toBe(true);
  });
});

describe('letting go', () => {
  it.each([
    ['before the video has loaded', async () => {}],
    [
      'in the middle of a seek',
      async ({ scrubber }: { scrubber: ScrubberController }) => {
        await scrubber.settled();
        scrubber.seek(0.7);
      },
    ],
  ])('%s ends the wait with an AbortError and leaves no error', async (_, prepare) => {
    const onStatusChange = vi.fn();
    const { video, scrubber } = scrub('range/six.mp4', {}, { onStatusChange });
    await prepare({ scrubber });
    const settled = scrubber.settled();
    onStatusChange.mockClear();
    scrubber.destroy();
    scrubber.destroy();
    scrubber.seek(0.1);
    await expect(settled).rejects.toMatchObject({ name: 'AbortError' });
    await expect(scrubber.settled()).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(video.readyState).toBe(4));
    expect(onStatusChange).not.toHaveBeenCalled();
  });

  it('in the middle of a drag stops the video', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    await scrubber.settled();
    await dragUntil(() => !video.paused, scrubber);
    scrubber.destroy();
    expect(video.paused).toBe(true);
    expect(video.playbackRate).toBe(1);
  });
});

describe('a browser that', () => {
  it('refuses to play is scrubbed by seeking alone', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    const play = vi.spyOn(video, 'play').mockRejectedValue(new DOMException('No', 'NotAllowedError'));
    await scrubber.settled();
    await dragUntil(() => play.mock.calls.length > 0, scrubber);
    scrubber.seek(0.6);
    expect(await settledFrame({ video, scrubber })).toBe(107);
  });

  it('has no callback for frames is scrubbed by the event alone', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    Object.defineProperty(video, 'requestVideoFrameCallback', { value: undefined });
    for (let step = 0; step <= 20; step += 1) scrubber.seek(step / 20);
    expect(await settledFrame({ video, scrubber })).toBe(179);
  });

  it('tells of a seek before it shows the frame is waited for', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    await scrubber.settled();
    Object.defineProperties(video, { seeking: { value: false }, readyState: { value: 4 } });
    scrubber.seek(0.3);
    video.dispatchEvent(new Event('seeked'));
    expect(await settledFrame({ video, scrubber })).toBe(54);
  });

  it('loses an event is asked again', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    await scrubber.settled();
    video.addEventListener('seeked', (event) => event.stopImmediatePropagation(), {
      capture: true,
      once: true,
    });
    Object.defineProperty(video, 'requestVideoFrameCallback', { value: undefined });
    scrubber.seek(0.3);
    expect(await settledFrame({ video, scrubber })).toBe(54);
  });

  it('neither loads nor seeks before the first play is made to play', async () => {
    const video = makeVideo();
    ignoreSeeksBeforePlay(video);
    video.src = mediaUrl('range/six.mp4');
    const scrubber = createScrubber(video, { value: 0.5 });
    cleanUps.push(scrubber.destroy, () => video.remove());
    expect(await settledFrame({ video, scrubber })).toBe(90);
    expect(video.paused).toBe(true);
  });

  it('is told to seek by somebody else comes back to the value', async () => {
    const { video, scrubber } = scrub('range/six.mp4', {}, { value: 0.5 });
    await scrubber.settled();
    video.currentTime = 1;
    expect(video.currentTime).toBe(1);
    await vi.waitFor(() => expect(video.currentTime).toBeGreaterThan(2));
    expect(await settledFrame({ video, scrubber })).toBe(90);
  });
});

it('a video with sound is never played', async () => {
  const { video, scrubber } = scrub('range/six.mp4', { muted: false });
  const play = vi.spyOn(video, 'play');
  await scrubber.settled();
  for (let step = 0; step <= 60; step += 1) {
    scrubber.seek(step / 60);
    await new Promise(requestAnimationFrame);
  }
  expect(await settledFrame({ video, scrubber })).toBe(179);
  expect(play).not.toHaveBeenCalled();
});

it.each([0, -30, Number.NaN])('a frame rate of %d is refused', (fps) => {
  expect(() => createScrubber(makeVideo(), { fps })).toThrow(`fps must be above 0, got ${fps}`);
});

it('the parts that were loaded are told', async () => {
  const onBufferedChange = vi.fn();
  const { scrubber } = scrub('slow/six.mp4', {}, { onBufferedChange });
  await scrubber.settled();
  await vi.waitFor(() => expect(onBufferedChange).toHaveBeenCalled());
  for (const [ranges] of onBufferedChange.mock.calls) {
    for (const [start, end] of ranges) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(1);
    }
  }
});

/** Moves forwards with each picture of the display until something is so. */
async function dragUntil(isSo: () => boolean, scrubber: ScrubberController): Promise<void> {
  for (let step = 0; step < 90 && !isSo(); step += 1) {
    scrubber.seek(step / 120);
    await new Promise(requestAnimationFrame);
  }
  expect(isSo()).toBe(true);
}

/** What Safari on iOS does: until a video was played once, nothing but its length is loaded, and seeks lead nowhere. */
function ignoreSeeksBeforePlay(video: HTMLVideoElement): void {
  const inherited = (name: 'currentTime' | 'seeking' | 'readyState') =>
    Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, name) as PropertyDescriptor;
  const [time, seeking, readyState] = [
    inherited('currentTime'),
    inherited('seeking'),
    inherited('readyState'),
  ];
  let isPlayed = false;
  let isSeeking = false;
  Object.defineProperties(video, {
    currentTime: {
      get: () => time.get?.call(video),
      set(seconds) {
        if (isPlayed) time.set?.call(video, seconds);
        else isSeeking = true;
      },
    },
    seeking: { get: () => (isPlayed ? seeking.get?.call(video) : isSeeking) },
    readyState: {
      get() {
        const state = readyState.get?.call(video);
        return isPlayed ? state : Math.min(state, HTMLMediaElement.HAVE_METADATA);
      },
    },
    play: {
      value() {
        isPlayed = true;
        return HTMLMediaElement.prototype.play.call(video);
      },
    },
  });
}
