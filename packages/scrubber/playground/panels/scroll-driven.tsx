import { useVideoScrub } from '@defrag/scrubber';
import { useRef, useState } from 'react';
import { PANEL_VIDEO } from '../media-url.ts';

/** A video whose position follows scrolling. */
export function ScrollDriven() {
  const [value, setValue] = useState(0);
  const video = useRef<HTMLVideoElement>(null);
  useVideoScrub(video, value);
  return (
    <section
      className="scroller"
      aria-label="Scrollable video"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
        setValue(scrollTop / (scrollHeight - clientHeight))
      }
    >
      <div className="scrolled">
        <video ref={video} src={PANEL_VIDEO} muted playsInline preload="metadata" />
      </div>
    </section>
  );
}
