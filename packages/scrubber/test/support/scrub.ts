import { onTestFinished } from 'vitest';
import type { createScrubber, ScrubberController, ScrubberOptions } from '../../src/index.ts';
import { mediaUrl } from './media-url.ts';
import { makeVideo } from './shown-frame.ts';

/** A video in the page with its scrubber. */
export interface Scrubbed {
  readonly video: HTMLVideoElement;
  readonly scrubber: ScrubberController;
}

/**
 * Adds a video with a scrubber to the page until the end of the test.
 *
 * @param path path on the media server
 */
export function scrubWith(
  create: typeof createScrubber,
  path: string,
  attributes: Partial<HTMLVideoElement> = {},
  options: ScrubberOptions = {},
): Scrubbed {
  const video = makeVideo({ ...attributes, src: mediaUrl(path) });
  const scrubber = create(video, options);
  onTestFinished(() => {
    scrubber.destroy();
    video.remove();
  });
  return { video, scrubber };
}
