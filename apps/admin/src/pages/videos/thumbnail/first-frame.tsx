import { useInViewport } from '@mantine/hooks';
import pLimit from 'p-limit';
import { useEffect, useRef, useState } from 'react';
import { ThumbnailMessage } from './thumbnail-message.tsx';

/** Enough pixels for a thumbnail on a high-density screen. */
const WIDTH = 640;
const HEIGHT = 360;

/** Loads and draws the first frame of a video when it scrolls into view. */
export function FirstFrame({ url }: { readonly url: string }) {
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
        <ThumbnailMessage isFailure>
          Could not load the file. Check that it is still in the store.
        </ThumbnailMessage>
      )}
    </div>
  );
}

/** Concurrent loads: a browser opens six connections per server, and the page needs some itself. */
const AT_ONCE = 2;

const limit = pLimit(AT_ONCE);

/**
 * Draws the first frame and releases the video at once: a page of videos would otherwise hold as many decoders and
 * connections.
 */
async function paintFirstFrame(url: string, canvas: HTMLCanvasElement, signal: AbortSignal): Promise<void> {
  await limit(async () => {
    signal.throwIfAborted();
    const video = document.createElement('video');
    try {
      await loadFirstFrame(video, url, signal);
      canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    } finally {
      video.removeAttribute('src');
      video.load();
    }
  });
}

async function loadFirstFrame(video: HTMLVideoElement, url: string, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  video.muted = true;
  video.playsInline = true;
  video.preload = 'metadata';
  video.addEventListener('loadeddata', () => resolve());
  video.addEventListener('error', () => reject(new Error('Could not load the file.')));
  signal.addEventListener('abort', () => reject(signal.reason));
  // Safari shows no frame before a seek. This is still the first frame.
  video.src = `${url}#t=0.001`;
  await promise;
}
