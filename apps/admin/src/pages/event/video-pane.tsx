import { useVideoScrub, type VideoScrub } from '@defrag/scrubber';
import { createDecodedScrubber } from '@defrag/scrubber/decoded';
import { AspectRatio, Box, Center, Text } from '@mantine/core';
import { type ReactElement, type ReactNode, type RefObject, useRef, useState } from 'react';

/** The rendered video at the slider's position, or what is given in its place. */
export function VideoPane({
  url,
  video,
  children,
}: {
  /** Null where there is no video. */
  readonly url: string | null;
  readonly video: ScrubbedVideo;
  /** What stands there without a video. */
  readonly children: ReactNode;
}): ReactElement {
  const { videoRef, isReadable, error } = video;
  if (url === null) {
    return (
      <AspectRatio ratio={16 / 9} style={{ border: '1px solid var(--defrag-line)' }}>
        <Box style={{ overflow: 'auto' }}>{children}</Box>
      </AspectRatio>
    );
  }
  return (
    <Box bg="#000" pos="relative">
      <video
        key={`${url} ${isReadable}`}
        ref={videoRef}
        src={url}
        crossOrigin={isReadable ? 'anonymous' : undefined}
        muted
        playsInline
        preload="auto"
        aria-label="Rendered video"
        style={{ display: 'block', width: '100%', aspectRatio: '16 / 9' }}
      />
      {error && (
        <Center pos="absolute" inset={0} bg="#000" p="md">
          <Text size="sm" c="#ff6a45" role="alert">
            {error.message}
          </Text>
        </Center>
      )}
    </Box>
  );
}

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
