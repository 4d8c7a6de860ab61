import { onTestFinished } from 'vitest';
import type { createScrubber, ScrubberController, ScrubberOptions } from '../../src/index.ts';
import { mediaUrl } from './media-url.ts';
import { makeVideo } from './shown-frame.ts';

/** A video in the page, and what scrubs it. */
export interface Scrubbed {
  readonly video: HTMLVideoElement;
  readonly scrubber: ScrubberController;
}

/**
 * Scrubs a video in the page until the test has ended.
 *
 * @param create what scrubs it
 * @param path of the video on the media server
 * @param attributes of the video
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
