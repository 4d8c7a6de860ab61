import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { VideoScrubber } from '../../src/index.ts';
import { mediaUrl } from '../support/media-url.ts';
import { shownFrame } from '../support/shown-frame.ts';

it('a page from a server is taken over as it is, and its video is muted', async () => {
  const app = <VideoScrubber src={mediaUrl('range/six.mp4')} crossOrigin="anonymous" defaultValue={0.5} />;
  const container = document.createElement('div');
  container.innerHTML = renderToString(app);
  document.body.append(container);
  const video = container.querySelector('video') as HTMLVideoElement;
  const onRecoverableError = vi.fn();
  const root = hydrateRoot(container, app, { onRecoverableError });
  await vi.waitFor(() => expect(video.dataset['status']).toBe('settled'), 10_000);
  expect(container.querySelector('video')).toBe(video);
  expect(shownFrame(video)).toBe(90);
  // Where it is not, it is neither followed by playing nor shown by phones that have to play first.
  expect(video.muted).toBe(true);
  expect(onRecoverableError).not.toHaveBeenCalled();
  root.unmount();
  container.remove();
});
