import { useVideoScrub, type VideoScrub } from '@defrag/scrubber';
import { createDecodedScrubber } from '@defrag/scrubber/decoded';
import { type RefObject, useRef, useState } from 'react';

/** A video that follows the slider. */
export interface ScrubbedVideo extends VideoScrub {
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  /** Whether this page may read the video's pixels. */
  readonly isReadable: boolean;
}

/**
 * Keeps the rendered video at a position. It is asked for so that its pixels may be read; a bucket that does not allow that is
 * asked again without, and then the video can be watched but not compared.
 *
 * @param url address of the video; null where there is none
 * @param position 0..1
 */
export function useScrubbedVideo(url: string | null, position: number): ScrubbedVideo {
  const videoRef = useRef<HTMLVideoElement>(null);
  const [unreadableUrl, setUnreadableUrl] = useState<string>();
  const isReadable = unreadableUrl === undefined || unreadableUrl !== url;
  const scrub = useVideoScrub(videoRef, position, {
    createScrubber: createDecodedScrubber,
    onError({ code }) {
      // What the server does not let this page read looks to the page as if there were no server.
      if (code === 'unreachable' && url !== null) setUnreadableUrl(url);
    },
  });
  return { ...scrub, videoRef, isReadable };
}
