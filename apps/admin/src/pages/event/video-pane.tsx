import { useVideoScrub } from '@defrag/scrubber';
import { createDecodedScrubber } from '@defrag/scrubber/decoded';
import { AspectRatio, Box, Center, Text } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';

/** The rendered video at the slider's position. */
export function VideoPane({
  url,
  video,
  children,
}: {
  /** Null when there is no video. */
  readonly url: string | null;
  readonly video: ReturnType<typeof useScrubbedVideo>;
  /** Shown instead of the video when there is none. */
  readonly children: ReactNode;
}) {
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

/**
 * Keeps the rendered video at a position 0..1. Loads it with CORS, so that its pixels can be read. If the bucket does
 * not allow that, loads it without CORS: it can then be watched but not compared.
 */
export function useScrubbedVideo(url: string | null, position: number) {
  const videoRef = useRef<HTMLVideoElement>(null);
  const [unreadableUrl, setUnreadableUrl] = useState<string>();
  /** Whether this page may read the video's pixels. */
  const isReadable = unreadableUrl === undefined || unreadableUrl !== url;
  const scrub = useVideoScrub(videoRef, position, {
    createScrubber: createDecodedScrubber,
    onError({ code }) {
      // A CORS error looks like an unreachable server to the page.
      if (code === 'unreachable' && url !== null) setUnreadableUrl(url);
    },
  });
  return { ...scrub, videoRef, isReadable };
}
