import { act, cleanup, render, renderHook } from '@testing-library/react';
import { type RefObject, useRef } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type UseVideoScrubOptions, useVideoScrub, type VideoScrub } from '../../src/index.ts';
import { mediaUrl } from '../support/media-url.ts';
import { makeVideo, shownFrame } from '../support/shown-frame.ts';
import { waitFor } from '../support/wait-for.ts';

const videos: HTMLVideoElement[] = [];
afterEach(() => {
  cleanup();
  for (const video of videos.splice(0)) video.remove();
});

function video(path: string): HTMLVideoElement {
  const made = makeVideo({ src: mediaUrl(path) });
  videos.push(made);
  return made;
}

type Properties = UseVideoScrubOptions & { value: number };

function scrub(ref: RefObject<HTMLVideoElement | null>, initialProps: Properties) {
  return renderHook(({ value, ...options }: Properties) => useVideoScrub(ref, value, options), {
    initialProps,
  });
}

describe('useVideoScrub', () => {
  it('shows the frame of each value', async () => {
    const ref = { current: video('range/six.mp4') };
    const { result, rerender } = scrub(ref, { value: 0.5 });
    await waitFor(() => expect(result.current.isReady).toBe(true));
    await result.current.settled();
    expect(shownFrame(ref.current)).toBe(90);
    rerender({ value: 1 });
    await result.current.settled();
    expect(shownFrame(ref.current)).toBe(179);
  });

  it('waits for a video that is mounted later', async () => {
    const ref: RefObject<HTMLVideoElement | null> = { current: null };
    const { result, rerender } = scrub(ref, { value: 0.5 });
    expect(result.current).toMatchObject({ isReady: false, error: undefined, buffered: [] });
    expect(result.current.settled()).toBeUndefined();
    ref.current = video('range/six.mp4');
    rerender({ value: 0.25 });
    await waitFor(() => expect(result.current.isReady).toBe(true));
    expect(shownFrame(ref.current)).toBe(45);
  });

  it('switches to a video that replaces another and leaves the first alone', async () => {
    const first = video('range/six.mp4');
    const ref = { current: first };
    const { result, rerender } = scrub(ref, { value: 0.5 });
    await waitFor(() => expect(result.current.isReady).toBe(true));
    ref.current = video('range/two.mp4');
    rerender({ value: 0.5 });
    rerender({ value: 1 });
    await waitFor(() => expect(ref.current.dataset['status']).toBe('settled'));
    expect(shownFrame(ref.current)).toBe(59);
    expect(shownFrame(first)).toBe(90);
  });

  it('maps values to frames again when fps changes', async () => {
    const ref = { current: video('range/six.mp4') };
    const { result, rerender } = scrub(ref, { value: 0.5 });
    await waitFor(() => expect(result.current.isReady).toBe(true));
    rerender({ value: 0.5, fps: 10 });
    await result.current.settled();
    // The 30th of 60 frames of a tenth of a second begins at 3 s.
    expect(shownFrame(ref.current)).toBe(91);
  });

  it('returns the error of a missing video and calls onError once', async () => {
    const onError = vi.fn();
    const { result } = scrub({ current: video('missing/six.mp4') }, { value: 0, onError });
    await waitFor(() => expect(result.current.error).toMatchObject({ code: 'unavailable' }));
    expect(result.current.isReady).toBe(false);
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('returns the loaded parts', async () => {
    const { result } = scrub({ current: video('range/six.mp4') }, { value: 0 });
    await waitFor(() => expect(result.current.buffered.length).toBeGreaterThan(0));
    expect(result.current.buffered[0]?.[0]).toBe(0);
  });

  it('calls the latest onReady callback', async () => {
    const [before, after] = [vi.fn(), vi.fn()];
    const ref = { current: video('slow/six.mp4') };
    const { rerender } = scrub(ref, { value: 0, onReady: before });
    rerender({ value: 0, onReady: after });
    await waitFor(() => expect(after).toHaveBeenCalledTimes(1));
    expect(before).not.toHaveBeenCalled();
  });

  it('rejects settled() and releases the video on unmount', async () => {
    const ref = { current: video('range/six.mp4') };
    const { result, unmount } = scrub(ref, { value: 0 });
    await waitFor(() => expect(result.current.isReady).toBe(true));
    const { settled } = result.current;
    unmount();
    await expect(settled()).rejects.toMatchObject({ name: 'AbortError' });
    ref.current.currentTime = 3.05;
    await waitFor(() => expect(shownFrame(ref.current)).toBe(91));
  });

  it('follows 31 quick value changes to the last frame', async () => {
    let scrubbed: VideoScrub | undefined;
    function Own({ value }: { value: number }) {
      const ref = useRef<HTMLVideoElement>(null);
      scrubbed = useVideoScrub(ref, value);
      return <video ref={ref} muted playsInline crossOrigin="anonymous" src={mediaUrl('range/six.mp4')} />;
    }
    const { container, rerender } = render(<Own value={0} />);
    await waitFor(() => expect(scrubbed?.isReady).toBe(true));
    for (let step = 0; step <= 30; step += 1) act(() => rerender(<Own value={step / 30} />));
    await scrubbed?.settled();
    expect(shownFrame(container.querySelector('video') as HTMLVideoElement)).toBe(179);
  });
});
