import { cleanup, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { createDecodedScrubber } from '../../src/decoded/index.ts';
import { VideoScrubber } from '../../src/index.ts';
import '../../src/styles.css';
import { mediaUrl } from '../support/media-url.ts';
import { shownFrame } from '../support/shown-frame.ts';
import { waitFor } from '../support/wait-for.ts';

afterEach(cleanup);

const canvases = () => document.querySelectorAll<HTMLCanvasElement>('[data-scrubber="picture"]');

it('VideoScrubber with createDecodedScrubber shows a canvas during movement and the video at rest', async () => {
  const consoleError = vi.spyOn(console, 'error');
  const { container, unmount } = render(
    <StrictMode>
      <VideoScrubber
        src={mediaUrl('range/six.mp4')}
        crossOrigin="anonymous"
        createScrubber={createDecodedScrubber}
        step={1 / 179}
      />
    </StrictMode>,
  );
  const video = container.querySelector('video') as HTMLVideoElement;
  await waitFor(() => expect(video.dataset['status']).toBe('settled'));
  await userEvent.tab();
  let frame = 0;
  for (; canvases().length === 0; frame += 1) await userEvent.keyboard('{ArrowRight}');
  expect(canvases()).toHaveLength(1);
  expect(canvases()[0]?.getBoundingClientRect()).toEqual(video.getBoundingClientRect());
  await waitFor(() => expect(video.dataset['status']).toBe('settled'));
  expect(canvases()).toHaveLength(0);
  expect(shownFrame(video)).toBe(frame);
  expect(screen.getByRole<HTMLInputElement>('slider').valueAsNumber).toBeCloseTo(frame / 179, 5);
  await userEvent.keyboard('{End}');
  unmount();
  expect(canvases()).toHaveLength(0);
  expect(consoleError).not.toHaveBeenCalled();
});
