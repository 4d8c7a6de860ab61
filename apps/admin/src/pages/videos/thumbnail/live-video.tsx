import { useVideoScrub } from '@defrag/scrubber';
import { type ReactElement, useEffect, useRef } from 'react';
import { ThumbnailMessage } from './thumbnail-message.tsx';

/** The video itself at a position 0..1. It is seen as soon as it has a frame to show. */
export function LiveVideo({
  url,
  position,
}: {
  readonly url: string;
  readonly position: number;
}): ReactElement {
  const video = useRef<HTMLVideoElement>(null);
  const { isReady, error } = useVideoScrub(video, position);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.src = url;
    return () => {
      // A video that was only taken out of the page would keep its connection for a while.
      element.removeAttribute('src');
      element.load();
    };
  }, [url]);
  return (
    <>
      <video ref={video} muted playsInline preload="auto" style={{ opacity: isReady ? 1 : 0 }} />
      {error && <ThumbnailMessage isFailure>{error.message}</ThumbnailMessage>}
    </>
  );
}
