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
import { waitFor } from '../support/wait-for.ts';

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

describe('createScrubber before the video has loaded', () => {
  it('keeps a value and shows its frame after loading', async () => {
    const { video, scrubber } = scrub('slow/six.mp4');
    expect(video.duration).toBeNaN();
    scrubber.seek(0.5);
    expect(await settledFrame({ video, scrubber })).toBe(90);
  });

  it('shows the initial value', async () => {
    expect(await settledFrame(scrub('range/six.mp4', {}, { value: 0.25 }))).toBe(45);
  });

  it.each(['auto', 'metadata'] as const)('shows the first frame with preload="%s"', async (preload) => {
    expect(await settledFrame(scrub('range/six.mp4', { preload }))).toBe(0);
  });

  it('loads nothing with preload="none" until the value changes', async () => {
    const { video, scrubber } = scrub('range/six.mp4', { preload: 'none' });
    await new Promise((resolve) => video.addEventListener('suspend', resolve, { once: true }));
    scrubber.seek(0);
    expect(video.readyState).toBe(0);
    scrubber.seek(1);
    expect(await settledFrame({ video, scrubber })).toBe(179);
  });

  it('waits for a source', async () => {
    const video = makeVideo();
    const scrubber = createScrubber(video, { value: 1 });
    cleanUps.push(scrubber.destroy, () => video.remove());
    video.src = mediaUrl('range/two.mp4');
    expect(await settledFrame({ video, scrubber })).toBe(59);
  });
});

describe('createScrubber with a server without Range', () => {
  it('fetches the whole file', async () => {
    const { video, scrubber } = scrub('whole/six.mp4', {}, { value: 0.9 });
    expect(await settledFrame({ video, scrubber })).toBe(161);
    expect(video.src).toMatch(/^blob:/);
    scrubber.seek(0.1);
    expect(await settledFrame({ video, scrubber })).toBe(18);
  });

  it('restores src and revokes the blob URL on destroy', async () => {
    const { video, scrubber } = scrub('whole/two.mp4');
    await scrubber.settled();
    const { src } = video;
    scrubber.destroy();
    expect(video.src).toBe(mediaUrl('whole/two.mp4'));
    await expect(fetch(src)).rejects.toThrow(TypeError);
  });

  it('revokes the blob URL when the source changes', async () => {
    const { video, scrubber } = scrub('whole/six.mp4', {}, { value: 1 });
    await scrubber.settled();
    const { src } = video;
    video.src = mediaUrl('range/two.mp4');
    await waitFor(() => expect(video.duration).toBe(2));
    expect(await settledFrame({ video, scrubber })).toBe(59);
    await expect(fetch(src)).rejects.toThrow(TypeError);
  });
});

describe('createScrubber with a broken video', () => {
  it.each([
    ['missing/six.mp4', 'unavailable'],
    ['text/six.mp4', 'unsupported'],
    ['closed/six.mp4', 'unreachable'],
    ['cut/six.mp4', 'interrupted'],
  ])('rejects %s as %s', async (path, code) => {
    const statuses: (ScrubberStatus | ScrubberError | undefined)[] = [];
    const { scrubber } = scrub(path, {}, { onStatusChange: (status, error) => statuses.push(status, error) });
    const error = await failure(scrubber);
    expect(error).toBeInstanceOf(ScrubberError);
    expect(error).toMatchObject({ name: 'ScrubberError', code, message: `The video is ${code}.` });
    expect(statuses.slice(-2)).toEqual(['error', error]);
  });

  it('rejects with damaged after a seek into the damaged part', async () => {
    const { scrubber } = scrub('damaged/six.mp4');
    await scrubber.settled();
    scrubber.seek(0.3);
    expect(await failure(scrubber)).toMatchObject({ code: 'damaged' });
  });

  it('rejects with unreachable without a server', async () => {
    const video = makeVideo({ src: 'http://127.0.0.1:1/six.mp4' });
    const scrubber = createScrubber(video);
    cleanUps.push(scrubber.destroy, () => video.remove());
    expect(await failure(scrubber)).toMatchObject({ code: 'unreachable' });
  });

  it('reports an error that occurred before it was created', async () => {
    const video = makeVideo({ src: mediaUrl('missing/six.mp4') });
    await new Promise((resolve) => video.addEventListener('error', resolve));
    const scrubber = createScrubber(video);
    cleanUps.push(scrubber.destroy, () => video.remove());
    expect(await failure(scrubber)).toMatchObject({ code: 'unavailable' });
  });

  it('clears the error and keeps the value when the source changes', async () => {
    const { video, scrubber } = scrub('missing/six.mp4');
    await failure(scrubber);
    scrubber.seek(0.5);
    video.src = mediaUrl('range/six.mp4');
    await waitFor(() => expect(video.readyState).toBeGreaterThan(0));
    expect(await settledFrame({ video, scrubber })).toBe(90);
  });
});

describe('createScrubber when the source changes', () => {
  it('seeks to the same position after a change during a seek', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    await scrubber.settled();
    scrubber.seek(0.75);
    video.src = mediaUrl('range/two.mp4');
    await waitFor(() => expect(video.duration).toBe(2));
    expect(await settledFrame({ video, scrubber })).toBe(44);
  });

  it('stops playing and follows the value after a change during a drag', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    await scrubber.settled();
    await dragUntil(() => !video.paused, scrubber);
    video.src = mediaUrl('range/two.mp4');
    await waitFor(() => expect(video.duration).toBe(2));
    scrubber.seek(1);
    expect(await settledFrame({ video, scrubber })).toBe(59);
    expect(video.paused).toBe(true);
  });
});

describe('createScrubber destroy()', () => {
  it.each([
    ['before the video has loaded', async () => {}],
    [
      'during a seek',
      async ({ scrubber }: { scrubber: ScrubberController }) => {
        await scrubber.settled();
        scrubber.seek(0.7);
      },
    ],
  ])('%s rejects settled() with AbortError and reports no status', async (_, prepare) => {
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
    await waitFor(() => expect(video.readyState).toBe(4));
    expect(onStatusChange).not.toHaveBeenCalled();
  });

  it('during a drag pauses the video and resets its rate', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    await scrubber.settled();
    await dragUntil(() => !video.paused, scrubber);
    scrubber.destroy();
    expect(video.paused).toBe(true);
    expect(video.playbackRate).toBe(1);
  });
});

describe('createScrubber in a browser that', () => {
  it('rejects play() seeks instead', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    const play = vi.spyOn(video, 'play').mockRejectedValue(new DOMException('No', 'NotAllowedError'));
    await scrubber.settled();
    await dragUntil(() => play.mock.calls.length > 0, scrubber);
    scrubber.seek(0.6);
    expect(await settledFrame({ video, scrubber })).toBe(107);
  });

  it('lacks requestVideoFrameCallback relies on seeked', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    Object.defineProperty(video, 'requestVideoFrameCallback', { value: undefined });
    for (let step = 0; step <= 20; step += 1) scrubber.seek(step / 20);
    expect(await settledFrame({ video, scrubber })).toBe(179);
  });

  it('fires seeked before presenting the frame waits for the frame', async () => {
    const { video, scrubber } = scrub('range/six.mp4');
    await scrubber.settled();
    Object.defineProperties(video, { seeking: { value: false }, readyState: { value: 4 } });
    scrubber.seek(0.3);
    video.dispatchEvent(new Event('seeked'));
    expect(await settledFrame({ video, scrubber })).toBe(54);
  });

  it('loses a seeked event checks again', async () => {
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

  it('neither loads nor seeks before the first play gets a muted play and pause', async () => {
    const video = makeVideo();
    ignoreSeeksBeforePlay(video);
    video.src = mediaUrl('range/six.mp4');
    const scrubber = createScrubber(video, { value: 0.5 });
    cleanUps.push(scrubber.destroy, () => video.remove());
    expect(await settledFrame({ video, scrubber })).toBe(90);
    expect(video.paused).toBe(true);
  });

  it('was seeked by other code returns to the value', async () => {
    const { video, scrubber } = scrub('range/six.mp4', {}, { value: 0.5 });
    await scrubber.settled();
    video.currentTime = 1;
    expect(video.currentTime).toBe(1);
    await waitFor(() => expect(video.currentTime).toBeGreaterThan(2));
    expect(await settledFrame({ video, scrubber })).toBe(90);
  });
});

it('createScrubber never plays an unmuted video', async () => {
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

it.each([0, -30, Number.NaN])('createScrubber throws RangeError for fps %d', (fps) => {
  expect(() => createScrubber(makeVideo(), { fps })).toThrow(`fps must be above 0, got ${fps}`);
});

it('createScrubber reports loaded parts as ordered ranges within 0..1', async () => {
  const onBufferedChange = vi.fn();
  const { scrubber } = scrub('slow/six.mp4', {}, { onBufferedChange });
  await scrubber.settled();
  await waitFor(() => expect(onBufferedChange).toHaveBeenCalled());
  for (const [ranges] of onBufferedChange.mock.calls) {
    for (const [start, end] of ranges) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(1);
    }
  }
});

/** Moves forwards on every display refresh until a condition holds. */
async function dragUntil(isSo: () => boolean, scrubber: ScrubberController): Promise<void> {
  for (let step = 0; step < 90 && !isSo(); step += 1) {
    scrubber.seek(step / 120);
    await new Promise(requestAnimationFrame);
  }
  expect(isSo()).toBe(true);
}

/** Imitates Safari on iOS: before the first play, only metadata loads and seeks do not finish. */
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
