import { ScrubSlider } from '@defrag/scrubber';
import { type PointerEvent, type ReactElement, useState } from 'react';
import { positionText } from '../../../position/position-state.ts';
import { FirstFrame } from './first-frame.tsx';
import { LiveVideo } from './live-video.tsx';
import './thumbnail.css';

/**
 * The first frame of a video, which is scrubbed by moving the pointer over it, by dragging a finger along it, or by keys. The
 * video is there only as long as one of these is.
 *
 * @param props.name what the video is called, as in "Scrub video 1a2b3c"
 */
export function ScrubThumbnail({ url, name }: { readonly url: string; readonly name: string }): ReactElement {
  const [position, setPosition] = useState(0);
  const [isOver, setOver] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const isLive = isOver || isFocused;
  if (!isLive && position !== 0) setPosition(0);
  const follow = ({ currentTarget, clientX, pointerType, buttons }: PointerEvent<HTMLDivElement>) => {
    // While it is pressed, and on a screen that is touched, the slider follows by itself.
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
