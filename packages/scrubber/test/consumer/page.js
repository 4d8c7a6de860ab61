import { VideoScrubber } from '@defrag/scrubber';
import { createElement, StrictMode } from 'react';

/** The app, rendered on the server and in the browser. */
export function Page() {
  return createElement(
    StrictMode,
    null,
    createElement(VideoScrubber, { src: '/numbered.mp4', defaultValue: 0.5, style: { width: '640px' } }),
  );
}
