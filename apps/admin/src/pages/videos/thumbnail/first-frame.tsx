import { useInViewport } from '@mantine/hooks';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { paintFirstFrame } from './paint-first-frame.ts';
import { ThumbnailMessage } from './thumbnail-message.tsx';

/** Pixels that the first frame is drawn in: enough for a thumbnail on a dense screen. */
const WIDTH = 640;
const HEIGHT = 360;

/** The first frame of a video as a picture, loaded when it comes into view. */
export function FirstFrame({ url }: { readonly url: string }): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref: viewport, inViewport: isInView } = useInViewport<HTMLDivElement>();
  const [painted, setPainted] = useState<string>();
  const [failed, setFailed] = useState<string>();
  const isWanted = isInView && painted !== url && failed !== url;
  useEffect(() => {
    if (!isWanted || !canvas.current) return;
    const life = new AbortController();
    paintFirstFrame(url, canvas.current, life.signal).then(
      () => setPainted(url),
      () => {
        if (!life.signal.aborted) setFailed(url);
      },
    );
    return () => life.abort();
  }, [url, isWanted]);
  return (
    <div ref={viewport} data-painted={painted === url || undefined} data-first-frame>
      <canvas ref={canvas} width={WIDTH} height={HEIGHT} aria-hidden />
      {failed === url && (
        <ThumbnailMessage isFailure>The file cannot be loaded. Has it gone from the store?</ThumbnailMessage>
      )}
    </div>
  );
}
