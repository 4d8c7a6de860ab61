import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { VideoScrubber } from '../../src/index.ts';
import { mediaUrl } from '../support/media-url.ts';
import { shownFrame } from '../support/shown-frame.ts';
import { waitFor } from '../support/wait-for.ts';

it('VideoScrubber hydrates server-rendered HTML without errors and mutes the video', async () => {
  const app = <VideoScrubber src={mediaUrl('range/six.mp4')} crossOrigin="anonymous" defaultValue={0.5} />;
  const container = document.createElement('div');
  container.innerHTML = renderToString(app);
  document.body.append(container);
  const video = container.querySelector('video') as HTMLVideoElement;
  const onRecoverableError = vi.fn();
  const root = hydrateRoot(container, app, { onRecoverableError });
  await waitFor(() => expect(video.dataset['status']).toBe('settled'));
  expect(container.querySelector('video')).toBe(video);
  expect(shownFrame(video)).toBe(90);
  // Unmuted, the video could not play after the slider, and phones that need a first play would show nothing.
  expect(video.muted).toBe(true);
  expect(onRecoverableError).not.toHaveBeenCalled();
  root.unmount();
  container.remove();
});
