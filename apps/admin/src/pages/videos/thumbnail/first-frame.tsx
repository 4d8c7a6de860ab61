import { useInViewport } from '@mantine/hooks';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { createTurns } from './take-turns.ts';
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

/** Videos that are loaded at a time: a browser keeps six connections to a server, and the page needs some itself. */
const AT_ONCE = 2;

const turns = createTurns(AT_ONCE);

/**
 * Draws the first frame of a video. The video is loaded for it as far as needed, and let go of at once: a page of them would
 * otherwise hold as many decoders and connections.
 *
 * @param url address of the video
 * @throws Error when the video cannot be loaded; the signal's reason when it is aborted
 */
export async function paintFirstFrame(
  url: string,
  canvas: HTMLCanvasElement,
  signal: AbortSignal,
): Promise<void> {
  await turns.run(async () => {
    const video = document.createElement('video');
    try {
      await loadFirstFrame(video, url, signal);
      canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    } finally {
      video.removeAttribute('src');
      video.load();
    }
  }, signal);
}

async function loadFirstFrame(video: HTMLVideoElement, url: string, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  video.muted = true;
  video.playsInline = true;
  video.preload = 'metadata';
  video.addEventListener('loadeddata', () => resolve());
  video.addEventListener('error', () => reject(new Error('The file cannot be loaded.')));
  signal.addEventListener('abort', () => reject(signal.reason));
  // Safari shows no frame of a video that was not sought. This is still its first one.
  video.src = `${url}#t=0.001`;
  await promise;
}
