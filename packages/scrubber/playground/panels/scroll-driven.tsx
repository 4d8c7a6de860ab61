import { useVideoScrub } from '@defrag/scrubber';
import { useRef, useState } from 'react';
import { PANEL_VIDEO } from '../media-url.ts';

/** A video whose position is how far something has been scrolled. */
export function ScrollDriven() {
  const [value, setValue] = useState(0);
  const video = useRef<HTMLVideoElement>(null);
  useVideoScrub(video, value);
  return (
    <section
      className="scroller"
      aria-label="Scroll in here"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
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
