import { AspectRatio, Box, Center, Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { ScrubbedVideo } from './use-scrubbed-video.ts';

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
