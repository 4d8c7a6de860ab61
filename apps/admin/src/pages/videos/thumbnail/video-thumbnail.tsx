import { positionText } from '../../../motion/position-bar.tsx';
import './thumbnail.css';
import type { Video } from '@defrag/client';
import { ScrubSlider, useVideoScrub } from '@defrag/scrubber';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { nameOf, noteOf } from '../video-note.ts';
import { FirstFrame } from './first-frame.tsx';
import { ThumbnailMessage } from './thumbnail-message.tsx';

export function VideoThumbnail({ video }: { readonly video: Video }) {
  if (video.status === 'READY' && video.url !== null) {
    return <ScrubThumbnail url={video.url} name={nameOf(video.hash)} />;
  }
  const note = noteOf(video);
  return (
    <div className="thumbnail">
      <ThumbnailMessage isFailure={note?.isFailure ?? false} doneShare={note?.doneShare}>
        {note?.text}
      </ThumbnailMessage>
    </div>
  );
}

/**
 * First frame of a video that can be scrubbed by hovering, by dragging a finger, or with the keyboard. The video is
 * loaded only meanwhile.
 */
function ScrubThumbnail({ url, name }: { readonly url: string; readonly name: string }) {
  const [position, setPosition] = useState(0);
  const [isOver, setOver] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const isLive = isOver || isFocused;
  if (!isLive && position !== 0) setPosition(0);
  const follow = ({ currentTarget, clientX, pointerType, buttons }: PointerEvent<HTMLDivElement>) => {
    // While pressed, and on touch screens, the slider handles the pointer itself.
    if (pointerType !== 'mouse' || buttons > 0) return;
    const { left, width } = currentTarget.getBoundingClientRect();
    setPosition((clientX - left) / width);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only follows the pointer; what can be done is done with the slider inside
    <div
      className="thumbnail"
      data-live={isLive || undefined}
      onPointerEnter={() => setOver(true)}
      onPointerLeave={() => setOver(false)}
      onPointerMove={follow}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <FirstFrame url={url} />
      {isLive && <LiveVideo url={url} position={position} />}
      <ScrubSlider
        value={position}
        onValueChange={setPosition}
        label={`Scrub ${name}`}
        formatValueText={positionText}
      />
    </div>
  );
}

/** The video at a position 0..1, visible once it has a frame. */
function LiveVideo({ url, position }: { readonly url: string; readonly position: number }) {
  const video = useRef<HTMLVideoElement>(null);
  const { isReady, error } = useVideoScrub(video, position);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.src = url;
    return () => {
      // A removed video element would keep its connection open for a while.
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
