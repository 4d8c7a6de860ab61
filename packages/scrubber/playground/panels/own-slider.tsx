import { useVideoScrub } from '@defrag/scrubber';
import { useRef, useState } from 'react';
import { PANEL_VIDEO } from '../media-url.ts';

/** A native slider with `useVideoScrub`. */
export function OwnSlider() {
  const [value, setValue] = useState(0.5);
  const video = useRef<HTMLVideoElement>(null);
  const { error } = useVideoScrub(video, value);
  return (
    <>
      <video ref={video} src={PANEL_VIDEO} muted playsInline preload="metadata" />
      <input
        type="range"
        min={0}
        max={1}
        step={0.001}
        value={value}
        aria-label="Position with a native slider"
        onChange={({ currentTarget }) => setValue(currentTarget.valueAsNumber)}
      />
      {error && <p role="alert">{error.message}</p>}
    </>
  );
}
